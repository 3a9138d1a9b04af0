// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// An announcement on its way to one notifier, with every attempt so far.
package struct Delivery: Sendable, Equatable {
    /// The same at every attempt, so that a receiver can recognize a repetition.
    package struct ID: Hashable, Sendable {
        package let text: String
        package init(_ text: String) { self.text = text }

        package init(_ announcement: Announcement.ID, to notifier: Notifier.ID) {
            text = "\(announcement.text)-\(notifier.value)"
        }
    }

    package enum State: String, Sendable, CaseIterable {
        case waiting
        case delivered
        case givenUp = "given-up"
        /// Its notifier was removed before it arrived.
        case withdrawn
    }

    package struct Attempt: Sendable, Equatable {
        package let at: Date
        package let outcome: DeliveryOutcome

        package init(at: Date, outcome: DeliveryOutcome) {
            self.at = at
            self.outcome = outcome
        }
    }

    package let id: ID
    package let notifier: Notifier.ID
    package let kind: Notifier.Kind
    /// The notifier's address as lists show it, also after the notifier was removed.
    package let address: String
    package let announcement: Announcement
    package let state: State
    /// The oldest first.
    package let attempts: [Attempt]
    /// When it is tried next; nil unless it waits.
    package let nextAttempt: Date?

    package init(
        id: ID, notifier: Notifier.ID, kind: Notifier.Kind, address: String, announcement: Announcement, state: State,
        attempts: [Attempt], nextAttempt: Date?
    ) {
        self.id = id
        self.notifier = notifier
        self.kind = kind
        self.address = address
        self.announcement = announcement
        self.state = state
        self.attempts = attempts
        self.nextAttempt = nextAttempt
    }
}

/// The outcome of one attempt.
package enum DeliveryOutcome: Sendable, Equatable {
    /// Accepted by the receiver; for an e-mail that is this machine's mail system.
    case delivered
    case failed(DeliveryFailure)
}

/// Why an attempt failed.
package struct DeliveryFailure: Error, Sendable, Equatable {
    /// For pages and logs: holds no address, name or secret.
    package let reason: String
    /// The other side's own words, for the person who looks into it; never for a log.
    package let words: String?

    package init(_ reason: String, words: String? = nil) {
        self.reason = reason
        self.words = words
    }
}
