// SPDX-License-Identifier: Apache-2.0
import Configuration
import Daybook
import DaybookNotifiers
import Foundation

extension ConfigurationReading {
    /// How e-mails leave this machine.
    ///
    /// Whether the command exists is checked when the first one is sent.
    mutating func mail() -> MailSystem {
        let command = text("sendmail")
        if let command, !command.hasPrefix("/") {
            note("DAYBOOK_SENDMAIL", command, "write the command's whole path", "/usr/sbin/sendmail")
        }
        return MailSystem(
            command: command, path: ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", from: sender())
    }

    private mutating func sender() -> String {
        guard let given = text("mailFrom") else { return Self.usualSender }
        do {
            return try EmailAddress(given).text
        } catch {
            note("DAYBOOK_MAIL_FROM", given, "write one address", "daybook@example.com")
            return Self.usualSender
        }
    }

    private static var usualSender: String {
        let address = "daybook@\(ProcessInfo.processInfo.hostName)"
        // A machine whose name can't be used in an address still has mailboxes at localhost.
        return (try? EmailAddress(address).text) ?? "daybook@localhost"
    }
}
