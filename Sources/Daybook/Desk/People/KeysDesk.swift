// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Manages the keys by which programs use the API.
package struct KeysDesk: WorkingDesk {
    let storage: any KeyStorage
    let randomness: any Randomness
    let digest: any Digest
    let work: DeskWork

    /// What every key begins with, so that one that leaked is recognized.
    package static let mark = "daybook_"

    package func list(by actor: Actor) async throws -> [APIKey] {
        try authorize(.manageKeys, actor, needsFresh: false)
        return try await storage.keys()
    }

    /// - Parameter lifetime: In days; nil for a key without an end.
    /// - Returns: The key, and its secret, which is shown once.
    /// - Throws: ``Desk/Refused`` for a name that is empty, too long or taken, for no scope at all, and for stores,
    ///   scopes or an end that the key can't have.
    package func add(
        _ name: String, scopes: Set<APIKey.Scope>, stores: Set<StoreNumber>?, days lifetime: Int?, by actor: Actor
    ) async throws -> (key: APIKey, secret: Secret) {
        try await act(.manageKeys, as: .addKey, by: actor) {
            let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
            guard (1...100).contains(name.count), !name.contains(where: \.isNewline) else {
                throw Desk.Refused(
                    "The key's name has \(name.count) characters; it needs 1 to 100 on one line, such as “Counter, store 2”."
                )
            }
            guard !scopes.isEmpty else { throw Desk.Refused("Choose at least one thing that the key may be used for.") }
            guard stores?.isEmpty != true else { throw Desk.Refused("Choose at least one store, or all.") }
            guard stores == nil || !scopes.contains(.people) else {
                throw Desk.Refused(
                    "People and keys are of the whole business: leave the stores out, or the scope people.")
            }
            guard stores == nil || !scopes.contains(.backups) else {
                throw Desk.Refused("A backup holds all stores: leave the stores out, or the scope backups.")
            }
            if let lifetime, !(1...3_650).contains(lifetime) {
                throw Desk.Refused("The key's end is \(lifetime) days from now; it needs to be 1 to 3,650, or no end.")
            }
            let secret = Secret(Self.mark + SecretToken.make(randomness).reveal())
            let now = clock.now
            let expiresAt = lifetime.map { now.addingTimeInterval(Double($0) * 86_400) }
            try await check(actor, mayGive: scopes, until: expiresAt)
            do {
                let key = try await storage.add(
                    key: name, prefix: String(secret.reveal().prefix(Self.mark.count + 6)),
                    digest: SecretDigest(of: secret, digest), scopes: scopes, stores: stores,
                    expiresAt: expiresAt, at: now)
                return (key, secret)
            } catch let taken as NameTaken {
                throw Desk.Refused(
                    "A key is called \(taken.name) already. Choose another name, or revoke that one first.")
            }
        }
    }

    /// A key that another key makes may do no more than that one, and ends no later (ADR 0049).
    private func check(_ actor: Actor, mayGive scopes: Set<APIKey.Scope>, until end: Date?) async throws {
        guard case .key(let principal) = actor else { return }
        guard let own = try await storage.keys().first(where: { $0.serial == principal.id }) else {
            throw Desk.NotAllowed(verb: .manageKeys, actor: actor)
        }
        let beyond = scopes.subtracting(own.scopes).sorted().map(\.rawValue)
        guard beyond.isEmpty else {
            throw Desk.Refused(
                """
                The key “\(own.name)” has no scope \(beyond.joined(separator: ", ")), so it can't give it. Leave it \
                out, or let an administrator make the key.
                """)
        }
        guard let last = own.expiresAt, end.map({ $0 > last }) ?? true else { return }
        throw Desk.Refused(
            """
            The key “\(own.name)” ends at \(last.ISO8601Format()), and a key that it makes ends no later. Give fewer \
            days, or let an administrator make the key.
            """)
    }

    /// Revokes a key: from now on nobody is let in by it.
    package func revoke(_ serial: Int64, by actor: Actor) async throws -> APIKey {
        try await act(.manageKeys, as: .revokeKey, by: actor) {
            guard let key = try await storage.revoke(key: serial, at: clock.now) else {
                throw Desk.Refused("There is no key \(serial). The page Keys lists those there are.")
            }
            return key
        }
    }
}
