// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

extension CrashingStorage {
    func connections() async throws -> [Connection] { try await plan.passing { try await inner.connections() } }

    func connection(_ id: Connection.ID) async throws -> Connection? {
        try await plan.passing { try await inner.connection(id) }
    }

    func addConnection(app: App.Key?, by actor: Actor, at: Date) async throws -> Connection.ID {
        try await plan.passing { try await inner.addConnection(app: app, by: actor, at: at) }
    }

    func apps() async throws -> [App] { try await plan.passing { try await inner.apps() } }

    func app(of connection: Connection.ID) async throws -> App? {
        try await plan.passing { try await inner.app(of: connection) }
    }

    func saveApp(_ app: App, for connection: Connection.ID?, by actor: Actor, at: Date) async throws {
        try await plan.passing { try await inner.saveApp(app, for: connection, by: actor, at: at) }
    }

    func secretWorked(_ secret: Secret, of app: App.Key, by actor: Actor, at: Date) async throws {
        try await plan.passing { try await inner.secretWorked(secret, of: app, by: actor, at: at) }
    }

    func nameEnvironment(_ environment: Environment.Name) async throws {
        try await plan.passing { try await inner.nameEnvironment(environment) }
    }

    func install(
        _ grant: Grant, company: Company, app: App, on connection: Connection.ID, by actor: Actor, at: Date,
        intuitTID: String?
    ) async throws {
        if plan.isDiskFull { throw DiskFull() }
        try await plan.passing {
            try await inner.install(
                grant, company: company, app: app, on: connection, by: actor, at: at, intuitTID: intuitTID)
        }
    }

    func rotate(_ connection: Connection.ID, from generation: Int64, to grant: Grant, note: ConnectionNote)
        async throws -> Bool
    {
        if plan.isDiskFull { throw DiskFull() }
        return try await plan.passing { try await inner.rotate(connection, from: generation, to: grant, note: note) }
    }

    func setTrouble(
        _ trouble: ConnectionTrouble?, on connection: Connection.ID, generation: Int64, note: ConnectionNote?
    ) async throws {
        try await plan.passing {
            try await inner.setTrouble(trouble, on: connection, generation: generation, note: note)
        }
    }

    func disconnect(_ connection: Connection.ID, note: ConnectionNote) async throws {
        try await plan.passing { try await inner.disconnect(connection, note: note) }
    }

    func secondCopySeen(on connection: Connection.ID, since: Date) async throws -> Date? {
        try await plan.passing { try await inner.secondCopySeen(on: connection, since: since) }
    }

    func connectionHistory(_ connection: Connection.ID, limit: Int) async throws -> [ConnectionNote] {
        try await plan.passing { try await inner.connectionHistory(connection, limit: limit) }
    }

    func note(_ note: ConnectionNote, on connection: Connection.ID) async throws {
        try await plan.passing { try await inner.note(note, on: connection) }
    }

    func refreshes(of connection: Connection.ID, since: Date) async throws -> RefreshCount {
        try await plan.passing { try await inner.refreshes(of: connection, since: since) }
    }

    func expect(_ consent: PendingConsent) async throws { try await plan.passing { try await inner.expect(consent) } }

    func take(consent stateDigest: [UInt8], browserDigest: [UInt8], notBefore: Date) async throws -> ConsentTaking {
        try await plan.passing {
            try await inner.take(consent: stateDigest, browserDigest: browserDigest, notBefore: notBefore)
        }
    }

    func finish(consent stateDigest: [UInt8], made connection: Connection.ID) async throws {
        try await plan.passing { try await inner.finish(consent: stateDigest, made: connection) }
    }

    func propose(
        _ grant: Grant, company: Company, app: App, on connection: Connection.ID, by actor: Actor, at: Date,
        intuitTID: String?
    ) async throws {
        try await plan.passing {
            try await inner.propose(
                grant, company: company, app: app, on: connection, by: actor, at: at, intuitTID: intuitTID)
        }
    }

    func proposal(of connection: Connection.ID) async throws -> Proposal? {
        try await plan.passing { try await inner.proposal(of: connection) }
    }

    func withdraw(
        proposalOf connection: Connection.ID, realmID: String, note: ConnectionNote
    ) async throws -> Bool {
        try await plan.passing { try await inner.withdraw(proposalOf: connection, realmID: realmID, note: note) }
    }
}
