// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// The work of one company at a moment.
package struct Agenda: Sendable {
    /// Envelopes found in phase `sending`: a call was cut off by a crash or a takeover.
    package let interrupted: [OpenEnvelope]
    /// The oldest envelope in phase `ready`, if any.
    package let ready: OpenEnvelope?
    /// Exports in Checking whose look is due, oldest first, at most `limit`.
    package let dueLooks: [DueLook]
    /// When the next look that is not due yet will be.
    package let nextLook: Date?
    /// Pending exports in serial order, at most `limit`, without suspects.
    package let pending: [PostingUnit]
    /// Pending exports that may be the cause of failures (``ExportAttempts/isSuspect(companyAnswered:)``): those that
    /// were refused as too large first, and then the one whose latest attempt is longest ago; at most two.
    package let suspects: [PostingUnit]
    package let sending: SendingState
    /// How many documents of the envelope that the circuit breaker opened for are still in doubt.
    package let unsettled: Int
    /// The look by marker that is under way.
    package let markerLook: MarkerLook?
    /// The exports of that look that are still in doubt.
    package let sought: [Export]

    package init(
        interrupted: [OpenEnvelope], ready: OpenEnvelope?, dueLooks: [DueLook], nextLook: Date?, pending: [PostingUnit],
        suspects: [PostingUnit] = [], sending: SendingState = .init(), unsettled: Int = 0,
        markerLook: MarkerLook? = nil, sought: [Export] = []
    ) {
        self.suspects = suspects
        self.sought = sought
        self.sending = sending
        self.unsettled = unsettled
        self.markerLook = markerLook
        self.interrupted = interrupted
        self.ready = ready
        self.dueLooks = dueLooks
        self.nextLook = nextLook
        self.pending = pending
    }

    package var isEmpty: Bool {
        interrupted.isEmpty && ready == nil && dueLooks.isEmpty && nextLook == nil && pending.isEmpty
            && suspects.isEmpty && markerLook == nil
    }
}

/// An envelope with the exports that are still in it.
package struct OpenEnvelope: Sendable {
    package let envelope: Envelope
    package let exports: [Export]

    package init(envelope: Envelope, exports: [Export]) {
        self.envelope = envelope
        self.exports = exports
    }
}

package struct DueLook: Sendable {
    package let export: Export
    package let firstSentAt: Date
    /// The latest request that held it; nil when none did.
    package let requestID: String?

    package init(export: Export, firstSentAt: Date, requestID: String?) {
        self.export = export
        self.firstSentAt = firstSentAt
        self.requestID = requestID
    }
}
