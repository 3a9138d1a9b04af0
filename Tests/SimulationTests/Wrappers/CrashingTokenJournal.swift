// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The real journal, behind a process that may crash at any append.
struct CrashingTokenJournal: TokenJournal {
    let inner: any TokenJournal
    let plan: CrashPlan

    func append(_ record: TokenJournalRecord) async throws {
        try await plan.passing { try await inner.append(record) }
    }

    func records(of connection: Connection.ID) async throws -> [TokenJournalRecord] {
        try await plan.passing { try await inner.records(of: connection) }
    }

    func outline(of connection: Connection.ID) async throws -> TokenJournalOutline {
        try await plan.passing { try await inner.outline(of: connection) }
    }
}
