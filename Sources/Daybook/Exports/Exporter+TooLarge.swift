// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Requests that the gateway refuses as too large (413): certainly not carried out, whatever the answer says.
extension Exporter {
    /// Sends smaller envelopes from now on.
    ///
    /// One document that is refused alone waits behind the others, until it is certain that the document is the cause,
    /// and not the gateway.
    func tooLarge(_ open: OpenEnvelope, _ agenda: Agenda, _ context: PostingContext) async throws -> Wake {
        let now = clock.now
        var sending = agenda.sending
        sending.noteTooLarge(at: now, documents: open.exports.count)
        guard let only = open.exports.first, open.exports.count == 1 else {
            let text = "The request of \(open.exports.count) documents was too large (413); sent in smaller ones"
            try await takeBack(open, text, context.lease, sending: sending)
            return try await retryLater(context, reason: Self.tooLargeReason, ofWriting: true)
        }
        let refused = refusedAlone(only, bytes: open.envelope.request.body.count, agenda, at: now)
        let change = try only.change(.tooLargeAlone(refused), at: now) { progress in
            progress.state.name == .error
                ? refused.refusal.explanation : "Refused as too large (413), alone; tried again later"
        }
        try await storage.settle(
            Settlement(requestID: open.envelope.requestID, changes: [change], sending: sending), lease: context.lease,
            at: now)
        if change.to.state.name == .error {
            logEvents.emit(.settled(export: only.serial, state: .error))
            return .now
        }
        return try await retryLater(context, reason: Self.tooLargeReason, ofWriting: true)
    }

    private func refusedAlone(_ export: Export, bytes: Int, _ agenda: Agenda, at now: Date) -> RefusedAlone {
        // A document that was itself refused alone can't show that the gateway takes anything.
        let others = (agenda.pending + agenda.suspects).filter {
            $0.export.serial != export.serial && $0.export.progress.attempts.tooLargeSince == nil
        }
        return RefusedAlone(
            Refusal(code: "413", explanation: Self.tooLargeWords(bytes), intuitTID: nil), at: now,
            companyAnswered: agenda.sending.answeredAt, companyRefused: agenda.sending.tooLargeAt,
            nothingElseExplainsIt: others.isEmpty && bytes >= Self.largeBody)
    }

    /// In bytes: no gateway refuses a smaller body, and a journal entry of ten lines has about 3,000.
    private static let largeBody = 65_536

    private static func tooLargeWords(_ bytes: Int) -> String {
        """
        QuickBooks Online refuses this document as too large (\(bytes) bytes, status 413), although it was sent alone. \
        It is not booked. Press Hold, so that nobody resets it; then split the transaction into several at the \
        counter, or enter it in QuickBooks by hand.
        """
    }
}
