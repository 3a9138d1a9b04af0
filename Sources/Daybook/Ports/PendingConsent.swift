// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A consent that a person was sent to Intuit for.
package struct PendingConsent: Sendable, Equatable {
    package let stateDigest: [UInt8]
    /// SHA-256 of the browser session that began it; the same browser must finish it.
    package let browserDigest: [UInt8]
    /// The connection it is for; nil for a company that has no connection yet.
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

/// What is known of a consent when Intuit sends the browser back.
package enum ConsentTaking: Sendable, Equatable {
    /// It comes back for the first time; from now on it counts as used.
    case fresh(PendingConsent)
    /// It was used before, and made this connection.
    case finished(Connection.ID)
    /// It was used before, and has made no connection, or not yet.
    case taken
    /// It was never begun, or begun in another browser or too long ago.
    case unknown
}
