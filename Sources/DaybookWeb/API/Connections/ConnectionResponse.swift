// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A connection, as the API answers and the command prints it.
package struct ConnectionResponse: Codable, Sendable {
    package struct App: Codable, Sendable {
        package let environment: String
        package let clientId: String
    }

    package struct Company: Codable, Sendable {
        package let realmId: String
        package let name: String
    }

    /// One of the two clocks.
    package struct Clock: Codable, Sendable {
        package let endsAt: Date
        package let secondsLeft: Int64
        package let daysLeft: Int
        /// The warning that is reached, in days; nil while none is.
        package let warningLevel: Int?
    }

    package struct Trouble: Codable, Sendable {
        package let cause: String
        package let explanation: String
        package let since: Date
        package let needsConsent: Bool
        package let intuitTid: String?
    }

    package struct RestoredCopy: Codable, Sendable {
        package let since: Date
        package let sign: String
        package let explanation: String
        /// How many requests to QuickBooks are missing in the database; nil when that is not known.
        package let missingEnvelopes: Int64?
        package let unknownDocuments: Int
        /// When the database sent its last request before the copy was noticed.
        package let lastSentAt: Date?
        package let lookedUpUntil: Date
    }

    package struct UnansweredPosting: Codable, Sendable {
        package let since: Date
        package let explanation: String
    }

    package struct PostingStop: Codable, Sendable {
        package let since: Date
        package let explanation: String
    }

    package struct Warning: Codable, Sendable {
        package let about: String
        package let explanation: String
    }

    package struct Refreshes: Codable, Sendable {
        package let days: Int
        package let attempts: Int
        package let successes: Int
    }

    /// A line of its history.
    package struct Note: Codable, Sendable {
        package let kind: String
        package let at: Date
        package let text: String
        package let by: String
        package let intuitTid: String?
    }

    package let id: Int64
    package let status: String
    package let app: App?
    package let company: Company?
    /// The company of a token that works and waits until a person confirms that it is the right company.
    package let toConfirm: Company?
    package let stores: [Int]
    package let refreshedAt: Date?
    package let idleExpiresAt: Date?
    package let hardExpiresAt: Date?
    package let idleClock: Clock?
    /// Nil where Intuit has not said when the connection ends.
    package let hardClock: Clock?
    package let trouble: Trouble?
    /// Nil unless the database is a restored copy and new documents are looked up for it.
    package let restoredCopy: RestoredCopy?
    /// Why nothing is posted to the company any more; nil while posting goes on.
    package let postingStop: PostingStop?
    /// Set while documents posted there get no certain answer, unless the connection's trouble says so already.
    package let unansweredPosting: UnansweredPosting?
    package let warnings: [Warning]
    package let refreshes: Refreshes
    /// Exports that can't go out before it works.
    package let waiting: Int
    package let inError: Int
    package let history: [Note]
}

/// All connections, and what is needed to make another one.
struct ConnectionListResponse: Encodable {
    let connections: [ConnectionResponse]
    let apps: [ConnectionResponse.App]
    let environments: [String]
    let redirectUri: String
}
