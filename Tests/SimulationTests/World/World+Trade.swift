// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation

/// What the rental counter hands in, and where it stands.
extension World {
    /// A part of a sample trade, as long as wanted.
    static func trade(seed: UInt64, count: Int) throws -> [Transaction] {
        guard let start = CalendarDate(year: 2026, month: 11, day: 2) else { throw WorldIsStuck("no such day") }
        // A source of its own: two trades of one world must not share keys.
        let trade = SampleTrade(seed: seed, days: 1 + count / 60, start: start, source: "counter-\(seed)")
        return Array(trade.transactions().prefix(count))
    }

    /// Hands transactions in, again until they are durable: a caller without an answer asks again.
    func take(_ new: [Transaction]) async throws {
        let text = new.map { $0.canonicalText() }.joined(separator: "\n")
        let file = IntakeFile(Array(text.utf8), format: .ndjson)
        while true {
            do {
                let report = try await worker.desk.intake.take(file, policy: .allOrNothing, by: .anybody(.api))
                guard report.recorded + report.repeated == new.count else {
                    throw WorldIsStuck("intake took \(report.recorded) of \(new.count)")
                }
                transactions += new
                return
            } catch is Crash {
                try await restart()
            }
        }
    }

    func counts() async throws -> [ExportState.Name: Int] {
        try await storage.exportCounts(of: nil)
    }

    func count(_ state: ExportState.Name) async throws -> Int { try await counts()[state] ?? 0 }

    /// Every export with its transactions.
    func rows() async throws -> [ExportRow] {
        var rows: [ExportRow] = []
        var place: ExportPlace? = .newest
        while let next = place {
            let page = try await storage.exports(matching: ExportFilter(place: next, pageSize: 500))
            rows += page.rows
            place = page.older
        }
        return rows
    }

    /// Why exports are in Error, in words.
    func errorWords() async throws -> [String] { try await storage.problems().map(\.explanation) }
}
