// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// How this machine accepts e-mails: by its `sendmail` command, which Postfix, Exim, msmtp, nullmailer and others have.
package struct MailSystem: Sendable, Equatable {
    /// The command; nil when none was named, and then it is looked for at every e-mail.
    private let command: String?
    /// Where it is looked for.
    private let folders: [String]
    /// The address that e-mails come from.
    package let from: String
    /// How long the command may run until it is ended.
    package let patience: Duration

    /// - Parameters:
    ///   - command: A path; nil for the first `sendmail` of `path`, `/usr/sbin` and `/usr/lib`.
    ///   - path: The PATH variable.
    ///   - from: An address e-mails come from.
    ///   - patience: How long the command may take until it is ended.
    package init(command: String?, path: String, from: String, patience: Duration = .seconds(30)) {
        self.command = command
        folders = path.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/lib"]
        self.from = from
        self.patience = patience
    }

    /// - Throws: ``Missing`` when there is no such command, with the remedy.
    package func executable() throws(Missing) -> URL {
        let candidates = command.map { [$0] } ?? folders.map { "\($0)/sendmail" }
        guard let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw Missing(command: command)
        }
        return URL(fileURLWithPath: found)
    }

    /// There is no such command.
    package struct Missing: Error, Equatable, Sendable, CustomStringConvertible {
        let command: String?

        package var description: String {
            if let command {
                return "The mail command \(command) (DAYBOOK_SENDMAIL) is not there or can't be run."
            }
            return """
                This machine has no sendmail command. Install a mail system that brings one, such as postfix or \
                msmtp-mta, or name its path in DAYBOOK_SENDMAIL.
                """
        }
    }
}
