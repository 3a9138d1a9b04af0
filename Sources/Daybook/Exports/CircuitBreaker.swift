// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Whether documents may go to a company: a circuit breaker that opens at an unknown outcome.
///
/// While it is open only looks go there. Once everything of the unanswered envelope is found or proven absent, one document
/// goes alone; its definite answer closes the breaker. So no more documents are ever in doubt than one envelope holds.
package struct CircuitBreaker: Hashable, Sendable {
    package enum Phase: Hashable, Sendable {
        case closed
        /// This envelope is being looked up.
        case open(requestID: String, since: Date)
        /// The next document goes alone.
        case halfOpen(since: Date)
    }

    package private(set) var phase: Phase
    /// How many looks were made since it opened, or since one found something; a failed probe does not begin anew.
    package private(set) var looks: Int

    package init(phase: Phase = .closed, looks: Int = 0) {
        self.phase = phase
        self.looks = looks
    }

    package enum Event: Hashable, Sendable {
        /// An envelope went out and no readable answer came.
        case outcomeUnknown(requestID: String, at: Date)
        /// A look was made and left something open, or failed.
        case looked
        /// A document of the envelope was found: QuickBooks carries out what it gives no answer to.
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

    /// When the first unanswered envelope came to its end; nil while closed.
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
