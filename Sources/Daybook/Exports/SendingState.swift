// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What the exporter knows about sending to a company, kept over restarts.
package struct SendingState: Hashable, Sendable {
    package var breaker: CircuitBreaker
    /// How many documents the next envelope may hold, fewer than usual after a 413; nil for the usual number.
    package private(set) var envelopeLimit: Int?
    /// When QuickBooks last answered definitely for a document.
    package private(set) var answeredAt: Date?
    /// When a document was last refused as too large (413) although it was alone in its request.
    package private(set) var tooLargeAt: Date?

    package init(
        breaker: CircuitBreaker = .init(), envelopeLimit: Int? = nil, answeredAt: Date? = nil, tooLargeAt: Date? = nil
    ) {
        self.breaker = breaker
        self.envelopeLimit = envelopeLimit
        self.answeredAt = answeredAt
        self.tooLargeAt = tooLargeAt
    }

    /// An envelope was refused as too large (413).
    ///
    /// If it held a single document, that says nothing about how many documents fit into an envelope.
    package mutating func noteTooLarge(at moment: Date, documents: Int) {
        if documents > 1 { envelopeLimit = documents / 2 } else { tooLargeAt = moment }
    }

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
