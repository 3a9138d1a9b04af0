// SPDX-License-Identifier: Apache-2.0
import Configuration
import Foundation

extension ConfigurationReading {
    /// Where the data key comes from.
    ///
    /// Whether there is one is checked when the data folder is opened.
    mutating func key() -> KeySetting {
        let file = text("keyFile")
        let command = text("keyCommand")
        if let file, command != nil {
            note(
                "DAYBOOK_KEY_FILE", file, "the key comes from a file or from a command, not both",
                "/etc/daybook/daybook.key")
        }
        if let file {
            if !file.hasPrefix("/") {
                note("DAYBOOK_KEY_FILE", file, "write the file's whole path", "/etc/daybook/daybook.key")
            }
            return .file(file)
        }
        if let command {
            let words = command.split(separator: " ").map(String.init)
            if words.first?.hasPrefix("/") != true {
                note(
                    "DAYBOOK_KEY_COMMAND", command,
                    "write the program's whole path, then its arguments; no shell reads it",
                    "/usr/bin/pass show daybook")
            }
            return .command(words)
        }
        return credential.map(KeySetting.credential) ?? .folder
    }

    /// The key that systemd gave by `LoadCredential=daybook.key:…`; nil when it gave none.
    private var credential: String? {
        guard let credentials, !credentials.isEmpty else { return nil }
        let path = credentials + "/daybook.key"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }
}
