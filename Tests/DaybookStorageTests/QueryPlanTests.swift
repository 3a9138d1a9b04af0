// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
import Foundation
import Testing

/// How SQLite carries out the statements that the verbs really send, over a queue in which nearly all is finished.
@Suite("Query plans of the verbs' own statements")
struct QueryPlanTests {
    /// The tables that grow without end.
    private static let growing = [
        "transactions", "exports", "entry_lines", "envelopes", "envelope_items", "sendings", "export_notes",
        "export_dependencies", "transactions_without_legs",
    ]

    @Test("the agenda walks no table that grows, and goes by the partial indexes")
    func agenda() async throws {
        try await withQueue { log in
            let plans = try await plans(log) { _ = try await log.agenda(for: .first, now: after(30), limit: 30) }
            expectNoWalk(plans)
            let indexes = [
                "envelopes_open", "exports_checking", "exports_of_company_by_state", "exports_suspect",
                "entry_lines_of_export",
            ]
            for index in indexes {
                #expect(plans.contains { $0.contains(index) }, "no statement goes by \(index)")
            }
        }
    }

    @Test("claiming, opening and settling walk no table that grows")
    func sending() async throws {
        try await withQueue { log in
            let units = Array(try await log.agenda(at: after(30), limit: 30).pending.prefix(5))
            let plans = try await plans(log) {
                let lease = try await log.lease(at: after(30))
                let exporting = units.map { Examples.change($0.export, to: ExportProgress(state: .exporting)) }
                let envelope = Examples.envelope("r2", of: units, at: after(30))
                try await log.open(envelope, changes: exporting, lease: lease, at: after(30))
                let posted = exporting.map { change in
                    ExportChange(
                        serial: change.serial, from: change.to,
                        to: ExportProgress(state: .exported(Receipt(documentID: "d", syncToken: "0"))),
                        note: change.note)
                }
                try await log.settle(Settlement(requestID: "r2", changes: posted), lease: lease, at: after(31))
            }
            expectNoWalk(plans)
        }
    }

    @Test("the pace after a start and the question whether exports are blocked walk no table that grows")
    func starting() async throws {
        try await withQueue { log in
            let plans = try await plans(log) {
                _ = try await log.sendTimes(for: .first, since: after(-60))
                _ = try await log.hasBlocked(.first)
            }
            expectNoWalk(plans)
        }
    }

    @Test("what is asked of a restored copy before each envelope walks no table that grows")
    func restoredCopy() async throws {
        try await withQueue { log in
            let plans = try await plans(log) {
                try await log.notice(CopyNotice(sign: .copied), at: after(20))
                _ = try await log.restoredCopy(of: .first)
                _ = try await log.postingStop(of: .first)
                _ = try await log.surveySince(.first)
                let ids = [Export.ID("a"), Export.ID("b")]
                _ = try await log.exports(withIDs: ids)
                _ = try await log.documents(of: ids, outside: .first)
                _ = try await log.unknownDocuments(on: .first)
            }
            expectNoWalk(plans)
        }
    }

    @Test("every page of the queue is read by key from an index, sorts nothing and counts nothing")
    func pages() async throws {
        try await withQueue { log in
            for filter in Self.filters {
                for place in [ExportPlace.newest, .oldest, .olderThan(60), .newerThan(60)] {
                    let page = ExportFilter(
                        state: filter.state, store: filter.store, connection: filter.connection, search: filter.search,
                        place: place)
                    let act = { _ = try await log.exports(matching: page) }
                    let statements = try await log.statements(of: act).map(\.sql)
                    #expect(!statements.contains { $0.contains("OFFSET") || $0.contains("count(*) FROM exports") })
                    // The rows of a page are few; only the list itself must not be sorted.
                    let list = statements.filter { $0.hasPrefix("SELECT serial FROM") }
                    #expect(list.count == 1)
                    let plans = try await plans(log, act, of: { list.contains($0.sql) })
                    #expect(!plans.contains { $0.contains("TEMP B-TREE") }, "\(filter): \(plans)")
                    #expect(!plans.contains("SCAN e") || filter.isWhole, "\(filter): \(plans)")
                }
            }
        }
    }

    private static let filters: [ExportFilter] = [nil, .exported].flatMap { state in
        [nil, StoreNumber.defaults].flatMap { store in
            [nil, "ostr", "ann rental"].map { ExportFilter(state: state, store: store, search: $0) }
                + [ExportFilter(state: state, store: store, connection: .first)]
        }
    }

    @Test("what pages say of connections and problems reads kept counts alone")
    func overview() async throws {
        try await withQueue { log in
            let plans = try await plans(log) {
                _ = try await log.exportCounts(of: .first)
                _ = try await log.problems()
                _ = try await log.hasBlocked(.first)
                _ = try await log.storesPosting(to: .first)
            }
            #expect(!plans.contains { $0.hasSuffix(" exports") || $0.contains("exports USING") })
        }
    }

    @Test("taking a repeat walks no table that grows")
    func intake() async throws {
        try await withQueue { log in
            let plans = try await plans(log) {
                let batch = [
                    try Examples.rental("R1", cents: 1001), try Examples.rental("new"),
                    try Examples.rental("nothing", cents: 0),
                ]
                _ = try await log.record(batch, policy: .allOrNothing, at: after(40))
            }
            expectNoWalk(plans)
        }
    }

    @Test("what is in an export and in a transaction is read by their keys, also where there are no legs")
    func details() async throws {
        try await withQueue { log in
            let nothing = try Examples.rental("nothing", cents: 0)
            _ = try await log.record([nothing], policy: .allOrNothing, at: after(40))
            let plans = try await plans(log) {
                _ = try await log.export(serial: 401)
                _ = try await log.transaction(key: nothing.transaction.key)
            }
            expectNoWalk(plans)
        }
    }

    @Test("whoever asks is found by an index: session, key, name and link")
    func whoAsks() async throws {
        try await Engine.sqliteFile.storage { storage in
            let pat = try await storage.administrator()
            let session = try await storage.begin(pat, digest: digest(1), source: "", browser: "", at: morning)
            let key = try await storage.add(
                key: "counter", prefix: "c", digest: digest(2), scopes: [.read], stores: nil, expiresAt: nil,
                at: morning)
            let log = StatementLog(storage)
            let plans = try await plans(log) {
                _ = try await log.session(digest(1), at: morning)
                try await log.noteUse(ofSession: session.serial, at: after(60))
                _ = try await log.key(digest(2))
                try await log.noteUse(ofKey: key.serial, at: after(60))
                _ = try await log.account(named: name("pat"))
                _ = try await log.link(digest(3), at: morning)
            }
            #expect(!plans.contains { $0.hasPrefix("SCAN") }, "\(plans)")
        }
    }

    /// 400 exports: 300 exported, 20 of unknown outcome, the rest pending.
    private func withQueue(_ body: (StatementLog) async throws -> Void) async throws {
        try await Engine.sqliteFile.storage { storage in
            let log = StatementLog(storage)
            let lease = try await log.lease()
            let units = try await log.exporting(400, limit: 320, lease: lease)
            let changes = units.enumerated().map { index, unit in
                let state: ExportState =
                    index < 300
                    ? .exported(Receipt(documentID: "\(index)", syncToken: "0"))
                    : .checking(Doubt(since: after(1), lookNoEarlierThan: after(5)))
                return Examples.change(
                    unit.export, to: .init(state: state, lastDoubt: index < 300 ? nil : after(1)))
            }
            try await log.settle(Settlement(requestID: "r1", changes: changes), lease: lease, at: after(1))
            try await body(log)
        }
    }

    /// The steps of the plans of everything that `act` sends.
    private func plans(
        _ log: StatementLog, _ act: () async throws -> Void, of chosen: (StatementLog.Statement) -> Bool = { _ in true }
    ) async throws -> [String] {
        let statements = Set(try await log.statements(of: act).filter(chosen))
        #expect(!statements.isEmpty)
        return try await log.engine.read { sql in
            try statements.flatMap { statement in
                try sql.rows("EXPLAIN QUERY PLAN \(statement.sql)", statement.values).reading { row in
                    _ = try (row.integer(), row.integer(), row.integer())
                    return try row.text()
                }
            }
        }
    }

    /// A scan of a partial index is no walk: finished exports and envelopes are not in it.
    private func expectNoWalk(_ plans: [String]) {
        let partial = ["exports_suspect", "exports_checking", "exports_in_error", "envelopes_open"]
        let walks = plans.filter { step in
            guard step.hasPrefix("SCAN"), !partial.contains(where: step.contains) else { return false }
            let table = String(step.split(separator: " ")[1])
            return Self.growing.contains(table) || Self.aliases.contains(table)
        }
        #expect(walks == [])
    }

    /// What the verbs call those tables in their statements.
    private static let aliases = ["e", "i", "l", "t", "v"]
}

extension ExportFilter {
    fileprivate var isWhole: Bool { state == nil && store == nil && connection == nil }
}
