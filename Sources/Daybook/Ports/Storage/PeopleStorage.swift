// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What people and their proofs ask of a database.
///
/// Its verbs are like ``Storage``'s: each is atomic, durable when it returns, and has no outside effect. Names are
/// compared by their key.
package protocol PeopleStorage: Sendable {
    func hasPeople() async throws -> Bool

    /// In the order of their names.
    func people() async throws -> [Person]

    func account(named name: PersonName) async throws -> PersonAccount?

    func account(of person: Person.ID) async throws -> PersonAccount?

    /// Adds a person without a password, and the link by which the person chooses one.
    ///
    /// - Throws: ``NameTaken``; ``CompanyMissing``.
    func invite(_ name: PersonName, roles: Set<RoleAssignment>, link: SecretDigest, expiresAt: Date, at: Date)
        async throws
        -> Person

    /// Changes an account, and ends the sessions that the change ends.
    ///
    /// All sessions end when the person may no longer sign in, or when the password or the authenticator app changes; a
    /// code that was taken ends none. Links end when the password changes, or when the person may no longer sign in.
    ///
    /// - Parameter kept: The session in which the change is made, which goes on.
    /// - Throws: ``PersonMissing``; ``NameTaken``; ``CompanyMissing``; ``LastAdministrator`` when nobody could manage
    ///   people any more.
    func change(
        _ person: Person.ID, keeping kept: SecretDigest?, at: Date,
        _ change: @escaping @Sendable (inout PersonAccount) -> Void
    )
        async throws -> PersonAccount

    /// Keeps a hash of the same password with stronger settings, unless the password was changed since; no session
    /// ends.
    func strengthen(_ hash: PasswordHash, of person: Person.ID, insteadOf known: PasswordHash) async throws

    /// Keeps a link; another one for the same person, or for the first administrator, is no longer good.
    func keep(_ link: OneTimeLink) async throws

    /// - Returns: Nil for one that was used, has run out, never was, or is of somebody who may not sign in.
    func link(_ digest: SecretDigest, at: Date) async throws -> OneTimeLink?

    /// Uses a link: the first administrator is made, or the password is chosen. Sessions and other links of the person
    /// end.
    ///
    /// - Parameter name: Of the first administrator; of no meaning for other links.
    /// - Throws: ``LinkSpent``, also for the first administrator's once there are people; ``NameTaken``.
    func use(_ digest: SecretDigest, name: PersonName?, password: PasswordHash, at: Date) async throws -> PersonAccount
}

/// What sign-ins ask of a database.
package protocol SessionStorage: Sendable {
    /// Begins a session, and notes when the person signed in last.
    func begin(
        _ person: Person.ID, digest: SecretDigest, source: String, browser: String, at: Date
    ) async throws -> Session

    /// A session that is not over, with its person as the person is now; nil where the person may not sign in.
    func session(_ digest: SecretDigest, at: Date) async throws -> (session: Session, person: Person)?

    /// Notes that a session was used; written at most once a minute.
    func noteUse(ofSession serial: Int64, at: Date) async throws

    /// Password and code were given again: the session is fresh, under another digest.
    func refresh(_ serial: Int64, digest: SecretDigest, at: Date) async throws

    /// The sessions that are not over, the latest used first; of one person or of all.
    func sessions(of person: Person.ID?, at: Date) async throws -> [Session]

    func end(session serial: Int64) async throws

    /// Ends all sessions of a person but the one that is kept.
    func endSessions(of person: Person.ID, keeping serial: Int64?) async throws
}

/// What programs' keys ask of a database.
package protocol KeyStorage: Sendable {
    /// - Throws: ``NameTaken`` when a key that is not revoked has this name.
    func add(
        key name: String, prefix: String, digest: SecretDigest, scopes: Set<APIKey.Scope>, stores: Set<StoreNumber>?,
        expiresAt: Date?, at: Date
    ) async throws -> APIKey

    /// All keys that there ever were, the newest first.
    func keys() async throws -> [APIKey]

    func key(_ digest: SecretDigest) async throws -> APIKey?

    /// Notes that a key was used; written at most once a minute.
    func noteUse(ofKey serial: Int64, at: Date) async throws

    /// - Returns: Nil when there is no such key; one that was revoked before stays as it is.
    func revoke(key serial: Int64, at: Date) async throws -> APIKey?
}

/// Another person, or another key, has this name.
package struct NameTaken: Error, Equatable, Sendable {
    package let name: String

    package init(name: String) { self.name = name }
}

package struct PersonMissing: Error, Equatable, Sendable {
    package init() {}
}

/// A role was to be given at a company that does not exist.
package struct CompanyMissing: Error, Equatable, Sendable {
    package let company: Connection.ID

    package init(company: Connection.ID) { self.company = company }
}

/// A link was used, has run out, or never was.
package struct LinkSpent: Error, Equatable, Sendable {
    package init() {}
}

/// Nobody would be left who may manage people.
package struct LastAdministrator: Error, Equatable, Sendable {
    package init() {}
}
