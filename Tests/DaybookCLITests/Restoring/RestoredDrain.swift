// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import Foundation
import QuickBooks
import Testing

/// A rental business's trade, drained, restored and sent again.
struct RestoredDrain {
    private static let files = ["daybook.db", "daybook.db-wal", "tokens.journal"]

    private let fixture: ProgramsFixture
    private let trade: [Transaction]
    private let judge: QuickBooksClient
    private let before: [String: Decimal]
    private let through: LedgerDate
    private var data: URL { fixture.folder.appending(path: "data") }
    private var backup: URL { fixture.folder.appending(path: "backup") }

    init(_ fixture: ProgramsFixture) async throws {
        guard let first = CalendarDate(text: "2026-11-02"), let last = LedgerDate("2099-12-31") else {
            throw CommandFailure("no such day")
        }
        self.fixture = fixture
        through = last
        trade = Array(SampleTrade(seed: 20_261_128, days: 8, start: first).transactions().prefix(400))
        judge = try await fixture.judge()
        before = try await BooksComparison.balances(judge, through: last)
    }

    /// Connects, hands the trade in, and copies the folder of a killed Daybook in the middle of the drain.
    func copyInTheMiddle() async throws -> RunningProgram {
        let daybook = try await fixture.startDaybook()
        try await fixture.connect()
        try await fixture.fillAccountNumbers()
        _ = try await fixture.server.post(trade, query: "")
        try await fixture.untilCalled(6)
        _ = await daybook.end(with: SIGKILL)
        let documents = try await fixture.counters().allDocuments
        #expect(documents < trade.count, "the copy came too late to prove anything")
        try FileManager.default.createDirectory(at: backup, withIntermediateDirectories: true)
        for name in Self.files {
            try FileManager.default.copyItem(at: data.appending(path: name), to: backup.appending(path: name))
        }
        return try await fixture.startDaybook()
    }

    func finish(_ daybook: RunningProgram) async throws {
        _ = try await drained()
        _ = await daybook.end(with: SIGTERM)
    }

    func restore() async throws -> RunningProgram {
        try removeDatabase()
        try FileManager.default.removeItem(at: data.appending(path: "tokens.journal"))
        for name in Self.files {
            try FileManager.default.copyItem(at: backup.appending(path: name), to: data.appending(path: name))
        }
        return try await fixture.startDaybook()
    }

    func removeDatabase() throws {
        for name in ["daybook.db", "daybook.db-wal", "daybook.db-shm"] {
            let path = data.appending(path: name).path
            if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        }
    }

    func startEmpty() async throws -> RunningProgram {
        let daybook = try await RunningProgram.start(
            "daybook", ["serve", "--start-empty"], fixture.environment,
            errors: fixture.folder.appending(path: "daybook.err"))
        try await fixture.connect()
        try await fixture.fillAccountNumbers()
        return daybook
    }

    /// The source does not know what was lost: it sends everything.
    func sendAgain() async throws {
        _ = try await fixture.server.post(trade, query: "")
    }

    func expectEachOnce() async throws {
        let counts = try await drained()
        #expect(counts["exported"] == trade.count, "\(counts)")
        let books = try await BooksComparison.make(
            judge, before: before, markers: try await markers(),
            expected: try ExpectedBooks.changes(trade, numbers: .standardRental), through: through)
        #expect(books.documents == trade.count)
        #expect(books.duplicates == 0)
        #expect(books.missing == 0)
        #expect(books.difference == 0)
    }

    private func drained() async throws -> [String: Int] {
        try await DrainWatch(server: fixture.server, sandbox: fixture.sandbox, isQuiet: true).untilDrained()
    }

    private func markers() async throws -> Set<String> {
        let page: QueuePage = try await fixture.server.get("/api/v1/exports?pageSize=500")
        return Set(page.exports.map { Export.ID($0.id).marker })
    }
}
