// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A connection as the API tells it.
struct ToldConnection: Decodable, Sendable {
    struct App: Decodable, Sendable {
        let environment: String
        let clientId: String
    }

    struct Company: Decodable, Sendable {
        let realmId: String
        let name: String
    }

    struct Trouble: Decodable, Sendable {
        let explanation: String
        let since: Date
    }

    struct Refreshes: Decodable, Sendable {
        let days: Int
        let attempts: Int
        let successes: Int
    }

    struct Note: Decodable, Sendable {
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
    let idleExpiresAt: Date?
    let hardExpiresAt: Date?
    let trouble: Trouble?
    let refreshes: Refreshes
    let history: [Note]
}

/// What a consent or a token came to.
struct ToldOutcome: Decodable, Sendable {
    let outcome: String
    let connection: Int64
    let company: ToldConnection.Company
    let message: String

    var isToConfirm: Bool { outcome == "to-confirm" }
}

/// What Test connection found.
struct ToldReport: Decodable, Sendable {
    struct Trial: Decodable, Sendable {
        let good: Bool
        let message: String
    }

    let good: Bool
    let company: ToldConnection.Company
    let subscription: String?
    let plan: String?
    let homeCurrency: String
    let closedThrough: String?
    let tracksClasses: Bool
    let tracksLocations: Bool
    let problems: [String]
    let trial: Trial?
}
