// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A consent that a person was sent to Intuit for.
package struct PendingConsent: Sendable, Equatable {
    package let stateDigest: [UInt8]
    /// SHA-256 of the browser session that began it; the same browser must finish it.
    package let browserDigest: [UInt8]
    /// Nil: for a company that has no connection yet.
    package let connection: Connection.ID?
    /// The app whose consent page it is.
    package let app: App.Key
    package let redirectURI: String
    package let begunAt: Date

    package init(
        stateDigest: [UInt8], browserDigest: [UInt8], connection: Connection.ID?, app: App.Key, redirectURI: String,
        begunAt: Date
    ) {
        self.stateDigest = stateDigest
        self.browserDigest = browserDigest
        self.connection = connection
        self.app = app
        self.redirectURI = redirectURI
        self.begunAt = begunAt
    }
}

/// What a consent's way back meets.
package enum ConsentTaking: Sendable, Equatable {
    /// The first time: it is taken from now on.
    case fresh(PendingConsent)
    /// It was taken before, and made this connection.
    case finished(Connection.ID)
    /// It was taken before, and has made nothing, or not yet.
    case taken
    /// Never begun, begun elsewhere, or too long ago.
    case unknown
}
