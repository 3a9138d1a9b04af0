// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What is known of sending to a company, kept over restarts.
package struct SendingState: Hashable, Sendable {
    package var breaker: CircuitBreaker
    /// How many documents the next envelope may hold; less than all after a 413.
    package private(set) var envelopeLimit: Int?
    /// When QuickBooks last answered definitely for a document.
    package private(set) var answeredAt: Date?

    package init(breaker: CircuitBreaker = .init(), envelopeLimit: Int? = nil, answeredAt: Date? = nil) {
        self.breaker = breaker
        self.envelopeLimit = envelopeLimit
        self.answeredAt = answeredAt
    }

    /// An envelope of so many documents was refused as too large.
    package mutating func wasTooLarge(documents: Int) { envelopeLimit = max(1, documents / 2) }

    /// QuickBooks answered definitely for all documents of an envelope.
    ///
    /// A limit learned from a 413 is doubled with each envelope that fills it.
    package mutating func wasAnswered(at moment: Date, documents: Int, capacity: Int) {
        breaker.apply(.answered)
        answeredAt = moment
        guard let limit = envelopeLimit, documents >= limit else { return }
        envelopeLimit = limit * 2 < capacity ? limit * 2 : nil
    }
}
