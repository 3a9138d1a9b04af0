// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

/// Any of the verbs that make or change exports, one after the other.
struct RandomActs {
    let storage: any RelationalStorage
    var connections: [Connection.ID]
    /// All states that any export has been in.
    private(set) var states: Set<ExportState.Name> = []
    private var count = 0

    init(storage: any RelationalStorage, connections: [Connection.ID]) {
        self.storage = storage
        self.connections = connections
    }

    private enum Act: CaseIterable {
        case record, assign, settle, hold, release, reset, clearProblems
    }

    /// - Returns: What was done.
    mutating func act(_ random: inout SeededRandom) async throws -> String {
        let act = count < 12 ? Act.record : Act.allCases.randomElement(using: &random) ?? .record
        let connection = try present(connections.randomElement(using: &random))
        count += 1
        switch act {
        case .record: try await record(&random)
        case .assign:
            let store = try present(StoreNumber(Int.random(in: 1...3, using: &random)))
            _ = try await storage.assign(store, to: connection, by: .command("pat"), at: morning)
        case .settle: try await settle(connection, &random)
        case .hold: try await change(.inState(.pending), .holdRequested)
        case .release: try await change(.inState(.onHold), .holdReleased(now: after(900)))
        case .reset: try await change(.inError(connection), .resetRequested(now: after(900)))
        case .clearProblems: try await change(.blocked(connection), .problemCleared)
        }
        states.formUnion(try await storage.exportCounts(of: nil).keys)
        return "\(act) at \(connection.value)"
    }

    private func record(_ random: inout SeededRandom) async throws {
        let batch = try (0..<3).map { number in
            try Examples.rental("R\(count)-\(number)", store: Int.random(in: 1...3, using: &random))
        }
        _ = try await storage.record(batch, policy: .allOrNothing, at: morning)
    }

    private func change(_ selection: ExportSelection, _ event: ExportEvent) async throws {
        _ = try await storage.change(selection, by: .command("pat"), at: morning) { $0.progress.after(event) }
    }

    /// Puts what is pending into an envelope, or settles it, each to another state.
    private func settle(_ connection: Connection.ID, _ random: inout SeededRandom) async throws {
        let lease = try present(try await storage.claim(connection, holder: "w", now: morning, until: after(60)))
        let units = try await storage.agenda(for: connection, now: morning, limit: 10).pending
        let ends: [ExportState] = [
            .exported(Receipt(documentID: "71", syncToken: "0")),
            .checking(Doubt(since: after(1), lookNoEarlierThan: after(5))),
            .error(.refused(Refusal(code: "6200", explanation: "The books are closed.", intuitTID: nil))),
            .error(.blocked(.unknownAccountNumber(try present(AccountNumber("4010"))))),
            .error(.blocked(.unknownAccountNumber(try present(AccountNumber("4020"))))),
        ]
        let changes = units.map { unit in
            Examples.change(unit.export, to: ExportProgress(state: ends.randomElement(using: &random) ?? .pending))
        }
        try await storage.settle(Settlement(changes: changes), lease: lease, at: morning)
    }

    /// Reads every list to its end from both ends, and compares it with the whole queue.
    func expectPagesAgree() async throws {
        let all = try await serials(ExportFilter())
        let exports = try await storage.exports(matching: ExportFilter(pageSize: 500)).rows.map(\.export)
        for state in [nil] + ExportState.Name.allCases.map(Optional.init) {
            for store in [nil, StoreNumber(2)] {
                for connection in [nil] + connections.map(Optional.init) {
                    let filter = ExportFilter(state: state, store: store, connection: connection, pageSize: 7)
                    let wanted = exports.filter { export in
                        (state == nil || export.progress.state.name == state) && (store == nil || export.store == store)
                            && (connection == nil || export.connection == connection)
                    }.map(\.serial)
                    #expect(try await serials(filter) == wanted, "\(filter)")
                    #expect(try await serialsFromTheEnd(filter) == wanted, "\(filter)")
                    #expect(try await storage.exports(matching: filter).total == .exactly(wanted.count), "\(filter)")
                }
            }
        }
        #expect(all == exports.map(\.serial))
    }

    private func serials(_ filter: ExportFilter) async throws -> [Int64] {
        var serials: [Int64] = []
        var filter = filter
        while true {
            let page = try await storage.exports(matching: filter)
            serials += page.rows.map(\.export.serial)
            guard let older = page.older else { return serials }
            filter.place = older
        }
    }

    private func serialsFromTheEnd(_ filter: ExportFilter) async throws -> [Int64] {
        var serials: [Int64] = []
        var filter = filter
        filter.place = .oldest
        while true {
            let page = try await storage.exports(matching: filter)
            let rows = page.rows.map(\.export.serial)
            // The first page is whole, whatever of it was seen already.
            serials = rows.filter { row in serials.first.map { row > $0 } ?? true } + serials
            guard let newer = page.newer else { return serials }
            filter.place = newer
        }
    }
}
