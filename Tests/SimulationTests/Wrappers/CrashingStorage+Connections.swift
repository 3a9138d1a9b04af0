// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

extension CrashingStorage {
    func connections() async throws -> [Connection] { try await plan.passing { try await inner.connections() } }

    func connection(_ id: Connection.ID) async throws -> Connection? {
        try await plan.passing { try await inner.connection(id) }
    }

    func app() async throws -> AppCredentials? { try await plan.passing { try await inner.app() } }

    func saveApp(_ app: AppCredentials, by who: String, at: Date) async throws {
        try await plan.passing { try await inner.saveApp(app, by: who, at: at) }
    }

    func install(
        _ grant: Grant, company: Company, app: AppCredentials, on connection: Connection.ID, by who: String, at: Date
    ) async throws {
        try await plan.passing {
            try await inner.install(grant, company: company, app: app, on: connection, by: who, at: at)
        }
    }

    func rotate(_ connection: Connection.ID, from generation: Int64, to grant: Grant, note: ConnectionNote)
        async throws -> Bool
    {
        try await plan.passing { try await inner.rotate(connection, from: generation, to: grant, note: note) }
    }

    func setTrouble(
        _ trouble: ConnectionTrouble?, on connection: Connection.ID, generation: Int64, note: ConnectionNote?
    ) async throws {
        try await plan.passing {
            try await inner.setTrouble(trouble, on: connection, generation: generation, note: note)
        }
    }

    func disconnect(_ connection: Connection.ID, by who: String, at: Date) async throws {
        try await plan.passing { try await inner.disconnect(connection, by: who, at: at) }
    }

    func connectionHistory(_ connection: Connection.ID, limit: Int) async throws -> [ConnectionNote] {
        try await plan.passing { try await inner.connectionHistory(connection, limit: limit) }
    }

    func expect(_ consent: PendingConsent) async throws { try await plan.passing { try await inner.expect(consent) } }

    func take(consent stateDigest: [UInt8], notBefore: Date) async throws -> PendingConsent? {
        try await plan.passing { try await inner.take(consent: stateDigest, notBefore: notBefore) }
    }
}

/// The real journal, behind a process that may crash at any append.
struct CrashingJournal: TokenJournal {
    let inner: any TokenJournal
    let plan: CrashPlan

    func append(_ record: TokenJournalRecord) async throws {
        try await plan.passing { try await inner.append(record) }
    }

    func records(of connection: Connection.ID) async throws -> [TokenJournalRecord] {
        try await plan.passing { try await inner.records(of: connection) }
    }
}
