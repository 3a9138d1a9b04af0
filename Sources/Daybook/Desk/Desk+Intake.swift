// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Desk {
    /// Takes what came in, or says why not.
    ///
    /// Durable when it returns.
    ///
    /// Under `.allOrNothing` a single mistake or conflict takes nothing; `.partial` takes what is good.
    package func take(_ file: IntakeFile, policy: RecordPolicy, dryRun: Bool = false, by actor: Actor) async throws
        -> IntakeReport
    {
        try authorize(.record, actor)
        let good = file.rows.compactMap { row in (try? row.result.get()).map { (row.line, $0) } }  // the rest is below
        let problems = file.problems
        // What is rolled back at its end, and what is long, has a transaction of the database to itself.
        let isBlocked = policy == .allOrNothing && !problems.isEmpty
        guard !dryRun, !isBlocked, good.count <= Self.mostAtOnce else {
            return try await take(file as any IntakeSource, policy: policy, dryRun: dryRun, by: actor)
        }
        let outcomes = try await record(good.map(\.1), policy: policy)
        let report = IntakeReport(
            rows: zip(good, outcomes).map { IntakeReport.Row(line: $0.0, key: $0.1.key, outcome: $1) },
            problems: problems)
        if report.recorded > 0 {
            notices.emit(.recorded(transactions: report.recorded))
            waking.wake(.everyCompany)
        }
        return report
    }

    /// More would keep others waiting for the commit.
    private static var mostAtOnce: Int { 512 }

    package func transaction(_ key: Transaction.Key) async throws -> RecordedTransaction? {
        try await storage.transaction(key: key)
    }

    /// Derives other ids for exports whose document numbers happen to be taken; one in 33 million is.
    private func record(_ transactions: [Transaction], policy: RecordPolicy) async throws -> [RecordOutcome] {
        var recordings = try transactions.map { try recording(of: $0, attempt: 0) }
        var attempt = 0
        while true {
            do {
                return try await storage.record(recordings, policy: policy, at: clock.now)
            } catch let taken as DocumentNumbersTaken where attempt < 8 {
                attempt += 1
                recordings = try recordings.map { recording in
                    let isTaken = recording.exports.contains { taken.exports.contains($0.id) }
                    return isTaken ? try self.recording(of: recording.transaction, attempt: attempt) : recording
                }
            }
        }
    }

    /// Real-Time posting: one export owns all lines of one transaction.
    func recording(of transaction: Transaction, attempt: Int) throws -> Recording {
        let entry = try PostingRules.entry(for: transaction)
        let id = ExportSubject(transaction.key, attempt: attempt).exportID(digest)
        let number = DocumentNumber(
            store: transaction.key.store, transactionID: transaction.key.id, exportID: id, digest: digest)
        let export = Recording.NewExport(
            id: id, kind: .journalEntry, operation: .create, store: transaction.key.store, date: transaction.date,
            total: entry.total,
            documentNumber: number, note: note(for: transaction), lines: Array(entry.lines.indices))
        return Recording(
            transaction: transaction, content: transaction.canonicalText(), entry: entry, exports: [export])
    }

    /// What the bookkeeper reads in QuickBooks after the marker.
    private func note(for transaction: Transaction) -> String {
        var parts = ["\(transaction.event.kind.name) \(transaction.key.id)"]
        if let contract = transaction.contract { parts.append("contract \(contract)") }
        if let customer = transaction.customer { parts.append(customer.name) }
        if let memo = transaction.memo { parts.append(memo) }
        return parts.joined(separator: " · ")
    }
}
