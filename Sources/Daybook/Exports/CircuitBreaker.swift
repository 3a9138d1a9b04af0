// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Whether documents may go to a company: a circuit breaker that opens at an unknown outcome.
///
/// While it is open, only looks go there. Once every document of the unanswered envelope is found or proven absent, one
/// document goes alone; its definite answer closes the breaker. So there are never more documents in doubt than one
/// envelope holds.
package struct CircuitBreaker: Hashable, Sendable {
    package enum Phase: Hashable, Sendable {
        case closed
        /// The envelope with this request id is being looked up.
        case open(requestID: String, since: Date)
        /// The next document goes alone.
        case halfOpen(since: Date)
    }

    package private(set) var phase: Phase
    /// How many looks were made since it opened, or since one found something.
    ///
    /// It is kept when the document that goes alone gets no certain answer either.
    package private(set) var looks: Int

    package init(phase: Phase = .closed, looks: Int = 0) {
        self.phase = phase
        self.looks = looks
    }

    package enum Event: Hashable, Sendable {
        /// An envelope went out and no readable answer came.
        case outcomeUnknown(requestID: String, at: Date)
        /// A look failed, or left a document in doubt.
        case looked
        /// A look found a document of the envelope: QuickBooks carries requests out although it does not answer.
        case found
        /// Nothing of the envelope is in doubt any more.
        case envelopeSettled
        /// QuickBooks answered definitely for every document of an envelope.
        case answered
    }

    /// Decides the next phase; reads no clock.
    package mutating func apply(_ event: Event) {
        switch (phase, event) {
        case (_, .outcomeUnknown(let requestID, let at)):
            phase = .open(requestID: requestID, since: since ?? at)
        case (.open, .looked):
            looks += 1
        case (.open, .found):
            looks = 0
        case (.open(_, let since), .envelopeSettled):
            phase = .halfOpen(since: since)
        case (.closed, .answered), (.halfOpen, .answered):
            self = CircuitBreaker()
        case (.closed, .looked), (.halfOpen, .looked), (.closed, .found), (.halfOpen, .found),
            (.closed, .envelopeSettled), (.halfOpen, .envelopeSettled),
            (.open, .answered):
            break
        }
    }

    package var isClosed: Bool { phase == .closed }

    /// When the call with the first unanswered envelope ended; nil while closed.
    package var since: Date? {
        switch phase {
        case .closed: nil
        case .open(_, let since), .halfOpen(let since): since
        }
    }

    /// How long after the unknown outcome, or after the latest look, the next look comes.
    package var lookWait: Duration { Self.waits[min(looks, Self.waits.count - 1)] }

    private static let waits: [Duration] = [.seconds(5), .seconds(10), .seconds(20), .seconds(30)]
}
