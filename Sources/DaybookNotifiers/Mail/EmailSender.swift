// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// Gives an e-mail to this machine's mail system and judges by its exit status.
struct EmailSender: Sendable {
    let mail: MailSystem
    let pageURL: URL

    func send(
        _ announcement: Announcement, as id: Delivery.ID, to address: EmailAddress, at: Date
    ) async -> DeliveryOutcome {
        let message = EmailMessage(announcement, id: id, from: mail.from, to: address, at: at, pageURL: pageURL)
        do {
            // -t: the receivers are in the e-mail's headers; -oi: a line with a single dot does not end the e-mail.
            let ended = try await ChildCommand.run(
                try mail.executable(), ["-t", "-oi"], input: message.bytes, patience: mail.patience)
            return judge(ended)
        } catch let missing as MailSystem.Missing {
            return .failed(DeliveryFailure(missing.description))
        } catch let refusal as POSIXError {
            let words = String(cString: strerror(refusal.code.rawValue))
            return .failed(DeliveryFailure("The mail command can't be run (\(words)). \(Self.remedy)"))
        } catch {
            return .failed(DeliveryFailure("The mail command can't be run (\(type(of: error))). \(Self.remedy)"))
        }
    }

    private func judge(_ ended: ChildCommand.End) -> DeliveryOutcome {
        let words = ended.errors.isEmpty ? nil : ended.errors
        switch ended.how {
        case .exited(0): return .delivered
        case .exited(let status):
            return .failed(
                DeliveryFailure(
                    "The mail command ended with status \(status)\(Self.meaning(of: status)).", words: words))
        case .signalled(let signal):
            return .failed(DeliveryFailure("The mail command was ended by signal \(signal).", words: words))
        case .unknown:
            return .failed(
                DeliveryFailure(
                    "It is not known how the mail command ended; the e-mail may have arrived.", words: words))
        case .tookTooLong:
            return .failed(
                DeliveryFailure(
                    "The mail command took longer than \(mail.patience.components.seconds) s and was ended.",
                    words: words))
        }
    }

    private static let remedy = "Check its rights, or name another in DAYBOOK_SENDMAIL."

    /// The meaning of an exit status by sysexits.h, which mail systems use.
    private static func meaning(of status: Int32) -> String {
        switch status {
        case 64: " (used wrongly)"
        case 65: " (it can't read the e-mail)"
        case 67: " (it doesn't know the receiver)"
        case 68: " (it doesn't know the receiver's host)"
        case 69: " (it is not available)"
        case 71: " (this machine's fault)"
        case 75: " (it can't just now)"
        case 77: " (it is not allowed to)"
        case 78: " (it is not set up)"
        default: ""
        }
    }
}
