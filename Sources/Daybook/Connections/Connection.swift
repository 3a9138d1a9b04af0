// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A consented QuickBooks Online company, with its two clocks.
package struct Connection: Sendable, Equatable {
    package struct ID: Hashable, Sendable, Comparable {
        package let value: Int64
        package init(_ value: Int64) { self.value = value }
        package static func < (left: ID, right: ID) -> Bool { left.value < right.value }

        /// The connection that is there from the start; stores post to it unless they are assigned to another.
        package static let first = ID(1)
    }

    package let id: ID
    /// The app that it is or will be consented for; nil while none is chosen.
    package var app: App.Key?
    package var company: Company?
    package var grant: Grant?
    package var trouble: ConnectionTrouble?
    /// Whether another connection has its company.
    ///
    /// This one was made before a company had one connection only, and is kept for what was sent over it.
    package var isDetached: Bool

    package init(
        id: ID, app: App.Key? = nil, company: Company? = nil, grant: Grant? = nil, trouble: ConnectionTrouble? = nil,
        isDetached: Bool = false
    ) {
        self.isDetached = isDetached
        self.id = id
        self.app = app
        self.company = company
        self.grant = grant
        self.trouble = trouble
    }

    package var status: Status {
        if trouble?.needsConsent == true { return .broken }
        return grant == nil ? .notConnected : .connected
    }

    package enum Status: String, Sendable {
        case notConnected = "not-connected"
        case connected
        case broken
    }
}

/// A QuickBooks Online company, by its Realm ID.
package struct Company: Hashable, Sendable {
    package let realmID: String
    package let name: String

    package init(realmID: String, name: String) {
        self.realmID = realmID
        self.name = name
    }
}

/// What Intuit granted, as last answered.
package struct Grant: Hashable, Sendable {
    /// Counts every answer stored; a write that names an older generation is refused.
    package let generation: Int64
    package let accessToken: Secret
    package let accessExpiresAt: Date
    package let refreshToken: Secret
    /// The refresh tokens before it, newest first, at most two: kept until the new one has worked.
    package let previousTokens: [Secret]
    /// When the refresh token last changed; Intuit rotates it about every 24 hours.
    package let refreshTokenSince: Date
    /// The idle clock: the refresh token expires then unless it is used before (100 days, reported as 101 when new).
    package let idleExpiresAt: Date
    /// The hard clock: five years from consent; nil when Intuit did not say.
    package let hardExpiresAt: Date?
    package let refreshedAt: Date

    package init(
        generation: Int64, accessToken: Secret, accessExpiresAt: Date, refreshToken: Secret,
        previousTokens: [Secret] = [], refreshTokenSince: Date, idleExpiresAt: Date, hardExpiresAt: Date?,
        refreshedAt: Date
    ) {
        self.generation = generation
        self.accessToken = accessToken
        self.accessExpiresAt = accessExpiresAt
        self.refreshToken = refreshToken
        self.previousTokens = Array(previousTokens.prefix(2))
        self.refreshTokenSince = refreshTokenSince
        self.idleExpiresAt = idleExpiresAt
        self.hardExpiresAt = hardExpiresAt
        self.refreshedAt = refreshedAt
    }
}
