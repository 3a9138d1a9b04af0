// SPDX-License-Identifier: Apache-2.0
import Configuration
import Foundation

extension ConfigurationReading {
    /// The folder whose files `daybook serve` takes.
    ///
    /// - Parameter folders: Daybook's own: their files would be moved away.
    mutating func inbox(apartFrom folders: [String]) -> String? {
        guard let inbox = path("inbox", "DAYBOOK_INBOX", "/srv/daybook/inbox") else { return nil }
        guard !folders.contains(where: { Self.real($0) == Self.real(inbox) }) else {
            note(
                "DAYBOOK_INBOX", inbox, "it is a folder of Daybook's own, whose files would be moved; name another",
                "/srv/daybook/inbox")
            return nil
        }
        return inbox
    }

    private static func real(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }
}
