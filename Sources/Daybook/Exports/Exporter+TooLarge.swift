// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Requests that the gateway refuses as too large (413): certainly not carried out, whatever the answer says.
extension Exporter {
    /// Sends smaller envelopes from now on.
    ///
    /// One document that is refused alone waits behind the others, until it is certain that it is the document and not the
    /// gateway.
    func tooLarge(_ open: OpenEnvelope, _ agenda: Agenda, _ post: Post) async throws -> Wake {
        var sending = agenda.sending
        sending.wasTooLarge(documents: open.exports.count)
        guard let only = open.exports.first, open.exports.count == 1 else {
            let text = "The request of \(open.exports.count) documents was too large (413); sent in smaller ones"
            try await takeBack(open, text, post.lease, sending: sending)
            return try await notExecuted(.tooLarge, post)
        }
        let bytes = open.envelope.request.body.count
        let isItsOwnFault = isAtFault(only, bytes: bytes, agenda)
        let refusal = Refusal(code: "413", explanation: Self.tooLargeWords(bytes), intuitTID: nil)
        let text = isItsOwnFault ? refusal.explanation : "Refused as too large (413), alone; tried again later"
        try await takeBack(
            open, text, post.lease, as: .tooLargeAlone(refusal, isItsOwnFault: isItsOwnFault, now: clock.now),
            sending: sending)
        if isItsOwnFault {
            notices.emit(.settled(export: only.serial, state: .error))
            return .now
        }
        return try await notExecuted(.tooLarge, post)
    }

    /// QuickBooks answered for another document since this one was first refused; or nothing else waits that could show it,
    /// and it is large, and was refused before.
    private func isAtFault(_ export: Export, bytes: Int, _ agenda: Agenda) -> Bool {
        guard let since = export.progress.attempts.tooLargeSince else { return false }
        if let answered = agenda.sending.answeredAt, answered > since { return true }
        let isAlone = agenda.pending.count <= 1
        return isAlone && bytes >= Self.largeBody && clock.now.timeIntervalSince(since) >= Self.longEnough.seconds
    }

    /// No gateway refuses less: a journal entry of ten lines has about 3,000 bytes.
    private static let largeBody = 65_536
    private static let longEnough = Duration.seconds(60)

    private static func tooLargeWords(_ bytes: Int) -> String {
        """
        QuickBooks Online refuses this document as too large (\(bytes) bytes, status 413), although it was sent alone. It is \
        not booked. Split the transaction into several at the counter, or enter it in QuickBooks by hand.
        """
    }
}
