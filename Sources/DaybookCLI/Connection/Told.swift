// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A connection as the API tells it.
struct ToldConnection: Codable, Sendable {
    struct App: Codable, Sendable {
        let environment: String
        let clientId: String
    }

    struct Company: Codable, Sendable {
        let realmId: String
        let name: String
    }

    /// One of the two clocks, as it stands.
    struct Clock: Codable, Sendable {
        let endsAt: Date
        let secondsLeft: Int64
        let daysLeft: Int
        /// The warning that is reached, in days; nil while none is.
        let warningLevel: Int?
    }

    struct Trouble: Codable, Sendable {
        let cause: String
        let explanation: String
        let since: Date
        let needsConsent: Bool
        let intuitTid: String?
    }

    struct RestoredCopy: Codable, Sendable {
        let since: Date
        let sign: String
        let explanation: String
        let missingEnvelopes: Int64?
        let unknownDocuments: Int
        let lastSentAt: Date?
        let lookedUpUntil: Date
    }

    struct UnansweredPosting: Codable, Sendable {
        let since: Date
        let explanation: String
    }

    struct PostingStop: Codable, Sendable {
        let since: Date
        let explanation: String
    }

    struct Warning: Codable, Sendable {
        let about: String
        let explanation: String
    }

    struct Refreshes: Codable, Sendable {
        let days: Int
        let attempts: Int
        let successes: Int
    }

    struct Note: Codable, Sendable {
        let kind: String
        let at: Date
        let text: String
        let by: String
        let intuitTid: String?
    }

    let id: Int64
    let status: String
    let app: App?
    let company: Company?
    let toConfirm: Company?
    let stores: [Int]
    let refreshedAt: Date?
    let idleClock: Clock?
    /// Nil for a connection whose end Intuit has not told.
    let hardClock: Clock?
    let trouble: Trouble?
    let restoredCopy: RestoredCopy?
    let postingStop: PostingStop?
    let unansweredPosting: UnansweredPosting?
    let warnings: [Warning]
    let refreshes: Refreshes
    /// Exports that can't go out before it works.
    let waiting: Int
    let inError: Int
    let history: [Note]
}

/// What a consent or a token came to.
struct ToldOutcome: Codable, Sendable {
    let outcome: String
    let connection: Int64
    let company: ToldConnection.Company
    let message: String

    var isToConfirm: Bool { outcome == "to-confirm" }
}

/// What Test connection found.
struct ToldReport: Codable, Sendable {
    /// An account number in use, with what keeps lines from being posted to it.
    struct Number: Codable, Sendable {
        let store: Int
        let role: String
        let number: String
        let problem: String?
    }

    struct Trial: Codable, Sendable {
        let good: Bool
        let message: String
    }

    let good: Bool
    let company: ToldConnection.Company
    let subscription: String?
    let plan: String?
    /// Nil when Intuit says nothing of it.
    let mayWrite: Bool?
    let homeCurrency: String
    let closedThrough: String?
    let tracksClasses: Bool
    let tracksLocations: Bool
    let numbers: [Number]
    /// Of the numbers and of the stores.
    let problems: [String]
    let trial: Trial?
    /// What keeps the connection from its work although it could be tested.
    let standing: String?
}
