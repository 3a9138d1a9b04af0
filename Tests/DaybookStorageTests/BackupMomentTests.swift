// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import GRDB
import Testing

@testable import DaybookStorage

@Suite("Backups while transactions come in and are posted", .timeLimit(.minutes(15)))
struct BackupMomentTests {
    @Test("a hundred at random moments: each is whole, holds a prefix of the commits, and opens as a data folder")
    func moments() async throws {
        try await withFolder { path in
            let folder = DataFolder(path: path + "/data")
            let data = try DataFolder.open(at: folder.path)
            let work = Task { try await post(into: data.storage) }
            var random = SeededRandom(seed: 11)
            var last = 0
            for number in 0..<100 {
                // A moment later, by what the writer has done meanwhile.
                for _ in 0..<Int.random(in: 0...40, using: &random) { await Task.yield() }
                let backup = try DatabaseBackup.make(
                    of: folder, into: path + "/backups", at: after(Double(number)))
                last = try checkPrefix(backup.path, atLeast: last)
            }
            work.cancel()
            let written = try await work.value
            #expect(last <= written && written > 20, "\(last) of \(written)")
            try data.close()
            try await restoreLatest(path, last)
        }
    }

    /// Takes a transaction in and settles it, in two commits, again and again.
    ///
    /// - Returns: How many there were.
    private func post(into storage: SQLiteStorage) async throws -> Int {
        let lease = try present(try await storage.claim(.first, holder: "w", now: morning, until: after(90_000)))
        var count = 0
        while !Task.isCancelled {
            count += 1
            _ = try await storage.record([try Examples.rental("R\(count)")], policy: .allOrNothing, at: morning)
            let units = try await storage.agenda(for: .first, now: morning, limit: 10).pending
            let changes = units.map {
                Examples.change(
                    $0.export, to: ExportProgress(state: .exported(Receipt(documentID: "7", syncToken: "0"))))
            }
            try await storage.settle(Settlement(changes: changes), lease: lease, at: morning)
        }
        return count
    }

    /// - Returns: How many transactions the backup holds.
    private func checkPrefix(_ path: String, atLeast last: Int) throws -> Int {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }  // it was only read, so a failing close loses nothing
        return try queue.read { database in
            let ids = try String.fetchAll(database, sql: "SELECT id FROM transactions ORDER BY serial")
            #expect(ids == (0..<ids.count).map { "R\($0 + 1)" }, "no transaction is missing before another")
            #expect(ids.count >= last, "a later backup holds what an earlier one held")
            let open = try Int.fetchOne(database, sql: "SELECT count(*) FROM exports WHERE state <> 'exported'") ?? 9
            #expect(open <= 1, "all but the latest were settled before the next came in")
            let lines = try Int.fetchOne(database, sql: "SELECT count(DISTINCT transaction_serial) FROM entry_lines")
            #expect(lines == ids.count, "a transaction is there with its lines")
            #expect(try Int.fetchOne(database, sql: "SELECT count(*) FROM exports") == ids.count)
            return ids.count
        }
    }

    private func restoreLatest(_ path: String, _ count: Int) async throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: path + "/backups").sorted()
        #expect(names.count == 100)
        let latest = path + "/backups/" + (try present(names.last))
        let target = DataFolder(path: path + "/restored")
        let key = path + "/data/daybook.key"
        _ = try target.restore(latest, key: key, replaces: false, at: after(1_000))
        let data = try DataFolder.open(at: target.path)
        let exported = try await data.storage.exportCounts(of: nil).values.reduce(0, +)
        #expect(exported == count)
        try data.close()
    }
}
