// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Manages who may sign in, and what each may do.
package struct PeopleDesk: WorkingDesk {
    let storage: any PeopleStorage & SessionStorage
    let randomness: any Randomness
    let digest: any Digest
    let work: DeskWork

    package func list(by actor: Actor) async throws -> [Person] {
        try authorize(.managePeople, actor, needsFresh: false)
        return try await storage.people()
    }

    package func sessions(by actor: Actor) async throws -> [Session] {
        try authorize(.managePeople, actor, needsFresh: false)
        return try await storage.sessions(of: nil, at: clock.now)
    }

    /// Adds a person.
    ///
    /// - Returns: The secret of the link by which the person chooses a password; it is shown once.
    /// - Throws: ``Desk/Refused`` for a name that is not allowed or is taken, and for no role at all.
    package func invite(_ text: String, roles: Set<RoleAssignment>, by actor: Actor) async throws -> (
        person: Person, link: Secret
    ) {
        try await act(.managePeople, as: .invite, by: actor) {
            guard let name = PersonName(text) else {
                throw Desk.Refused("“\(text.prefix(40))” can't be a name. \(PersonName.rule)")
            }
            try Self.check(roles)
            try Self.check(actor, mayManage: roles)
            guard try await storage.hasPeople() || roles.contains(RoleAssignment(.administrator)) else {
                throw Desk.Refused(
                    """
                    Nobody has signed up yet. Make the first administrator first, by the link that `daybook serve` \
                    prints; then invite others.
                    """)
            }
            let secret = SecretToken.make(randomness)
            let now = clock.now
            do {
                let person = try await storage.invite(
                    name, roles: roles, link: SecretDigest(of: secret, digest),
                    expiresAt: now.addingTimeInterval(OneTimeLink.lifetime.seconds), at: now)
                return (person, secret)
            } catch let taken as NameTaken {
                throw Desk.Refused("Somebody is called \(taken.name) already. Choose another name.")
            } catch let missing as CompanyMissing {
                throw Self.missing(missing.company)
            }
        }
    }

    /// A link by which a person chooses another password.
    ///
    /// The old password is good until the link is used.
    ///
    /// - Returns: The link's secret; it is shown once.
    package func resetPassword(_ id: Person.ID, by actor: Actor) async throws -> (person: Person, link: Secret) {
        try await act(.managePeople, as: .makeLink, by: actor) {
            let account = try await known(id)
            try Self.check(actor, mayManage: account.person.roles)
            guard account.person.isEnabled else {
                throw Desk.Refused(
                    "\(account.person.name) is kept out, so a link would be of no use. Let the person in first.")
            }
            let secret = SecretToken.make(randomness)
            let now = clock.now
            let purpose: OneTimeLink.Purpose = account.password == nil ? .invitation(id) : .passwordReset(id)
            try await storage.keep(
                OneTimeLink(
                    purpose: purpose, digest: SecretDigest(of: secret, digest), madeAt: now,
                    expiresAt: now.addingTimeInterval(OneTimeLink.lifetime.seconds)))
            return (account.person, secret)
        }
    }

    /// Takes the authenticator app from an account, for somebody who has lost the phone and the recovery codes.
    @discardableResult
    package func removeAuthenticator(_ id: Person.ID, by actor: Actor) async throws -> Person {
        try await act(.managePeople, as: .removeAuthenticator, by: actor) {
            try await change(id, by: actor) { account in
                account.authenticator = nil
                account.recoveryCodes = []
            }
        }
    }

    package func setRoles(_ id: Person.ID, to roles: Set<RoleAssignment>, by actor: Actor) async throws -> Person {
        try await act(.managePeople, as: .setRoles, by: actor) {
            try Self.check(roles)
            try Self.check(actor, mayManage: roles)
            return try await change(id, by: actor) { $0.person.roles = roles }
        }
    }

    /// Lets a person in or keeps a person out; a person who is kept out is signed out everywhere at once.
    package func setEnabled(_ id: Person.ID, to isEnabled: Bool, by actor: Actor) async throws -> Person {
        try await act(.managePeople, as: isEnabled ? .letIn : .keepOut, by: actor) {
            try await change(id, by: actor) { $0.person.isEnabled = isEnabled }
        }
    }

    package func end(session serial: Int64, by actor: Actor) async throws {
        try await act(.managePeople, as: .endSession, by: actor) {
            try await storage.end(session: serial)
        }
    }

    /// A person's sessions, the latest used first.
    package func sessions(of id: Person.ID, by actor: Actor) async throws -> [Session] {
        try authorize(.managePeople, actor, needsFresh: false)
        try Self.check(actor, mayManage: try await known(id).person.roles)
        return try await storage.sessions(of: id, at: clock.now)
    }

    /// Ends one of a person's sessions, or all of them.
    ///
    /// - Returns: Those that are left.
    /// - Throws: ``Desk/Refused`` when the person has no such session.
    package func endSessions(of id: Person.ID, only serial: Int64?, by actor: Actor) async throws -> [Session] {
        try await act(.managePeople, as: .endSession, by: actor) {
            let account = try await known(id)
            try Self.check(actor, mayManage: account.person.roles)
            if let serial {
                guard try await storage.sessions(of: id, at: clock.now).contains(where: { $0.serial == serial }) else {
                    throw Desk.Refused(
                        "\(account.person.name) has no session \(serial), or it has ended. The page People lists them.")
                }
                try await storage.end(session: serial)
            } else {
                try await storage.endSessions(of: id, keeping: nil)
            }
            return try await storage.sessions(of: id, at: clock.now)
        }
    }

    private func change(
        _ id: Person.ID, by actor: Actor, _ change: @escaping @Sendable (inout PersonAccount) -> Void
    ) async throws -> Person {
        try Self.check(actor, mayManage: try await known(id).person.roles)
        do {
            return try await storage.change(id, keeping: nil, at: clock.now, change).person
        } catch is PersonMissing {
            throw Self.missing(id)
        } catch let missing as CompanyMissing {
            throw Self.missing(missing.company)
        } catch is LastAdministrator {
            throw Desk.Refused(
                "Nobody could manage people any more: this is the last administrator. Make somebody else one first.")
        }
    }

    private func known(_ id: Person.ID) async throws -> PersonAccount {
        guard let account = try await storage.account(of: id) else { throw Self.missing(id) }
        return account
    }

    /// A program can't prove by a fresh sign-in that somebody is there, so administrators are out of its reach (ADR
    /// 0049).
    private static func check(_ actor: Actor, mayManage roles: Set<RoleAssignment>) throws {
        guard case .key(let key) = actor, roles.contains(where: { $0.role == .administrator }) else { return }
        throw Desk.Refused(
            """
            The key “\(key.name)” may neither make an administrator nor change one; nothing was changed. An \
            administrator does so on the page People, or a command on Daybook's own machine.
            """)
    }

    private static func check(_ roles: Set<RoleAssignment>) throws {
        if roles.isEmpty { throw Desk.Refused("Choose at least one role, at one store or at all.") }
        if roles.contains(where: { $0.role == .administrator && !$0.isEverywhere }) {
            throw Desk.Refused("An administrator is one of the whole business: choose all companies and all stores.")
        }
    }

    private static func missing(_ company: Connection.ID) -> Desk.Refused {
        Desk.Refused(
            "There is no company \(company.value) to have a role at. The page Connections lists those there are.")
    }

    private static func missing(_ id: Person.ID) -> Desk.Refused {
        Desk.Refused("There is no person \(id.value). The page People lists those there are.")
    }
}
