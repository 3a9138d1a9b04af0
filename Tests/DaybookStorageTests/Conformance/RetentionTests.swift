// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Testing

@Suite("What may go after some time")
struct RetentionTests {
    private static let posted = ExportState.exported(Receipt(documentID: "71", syncToken: "0"))

    private func bodies(_ storage: any RelationalStorage) async throws -> [String: Int64] {
        try await storage.read { sql in
            var bodies: [String: Int64] = [:]
            for var row in try sql.rows("SELECT request_id, length(body) FROM envelopes WHERE length(sha256) = 32", [])
            {
                bodies[try row.text()] = try row.integer()
            }
            return bodies
        }
    }

    private func open(_ requestID: String, _ storage: any RelationalStorage, lease: Lease, at: Date) async throws
        -> [Export]
    {
        let units = try await storage.agenda(at: at, limit: 1).pending
        try await storage.open(
            Examples.envelope(requestID, of: units, at: at),
            changes: units.map { Examples.change($0.export, to: ExportProgress(state: .exporting)) }, lease: lease,
            at: at)
        return units.map { unit in
            var export = unit.export
            export.progress.state = .exporting
            return export
        }
    }

    private func settle(
        _ requestID: String, _ exports: [Export], to state: ExportState, _ storage: any RelationalStorage, lease: Lease
    ) async throws {
        let changes = exports.map { Examples.change($0, to: ExportProgress(state: state)) }
        try await storage.settle(Settlement(requestID: requestID, changes: changes), lease: lease, at: after(2))
    }

    @Test(
        "the body goes of an envelope that is old, closed and settled; digest and items stay",
        arguments: Engine.allCases)
    func bodies(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease()
            _ = try await storage.record(Examples.rentals(5), policy: .allOrNothing, at: morning)
            let doubt = ExportState.checking(Doubt(since: after(1), lookNoEarlierThan: after(5)))
            let failure = ExportState.error(.refused(Refusal(code: "6200", explanation: "Closed.", intuitTID: nil)))
            for (request, state) in [("posted", Self.posted), ("doubtful", doubt), ("refused", failure)] {
                let exports = try await open(request, storage, lease: lease, at: morning)
                try await settle(request, exports, to: state, storage, lease: lease)
            }
            let young = try await open("young", storage, lease: lease, at: after(50))
            try await settle("young", young, to: Self.posted, storage, lease: lease)
            _ = try await open("under way", storage, lease: lease, at: morning)

            let removed = try await storage.removeDetails(before: after(10), most: 100, at: after(60))
            #expect(removed == RemovedDetails(bodies: 2, notes: 0, isFull: false))
            let left = try await bodies(storage)
            #expect(left.filter { $0.value == 0 }.keys.sorted() == ["posted", "refused"] && left.count == 5)
            #expect(try await storage.export(serial: 1)?.requestIDs == ["posted"])
            let agenda = try await storage.agenda(at: after(61))
            #expect(agenda.interrupted.first?.envelope.request.body.isEmpty == false)
            let again = try await storage.removeDetails(before: after(10), most: 100, at: after(70))
            #expect(again == RemovedDetails(bodies: 0, notes: 0, isFull: false))
        }
    }

    @Test("a step removes as much as it may, and the next one goes on", arguments: Engine.allCases)
    func steps(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease()
            _ = try await storage.record(Examples.rentals(5), policy: .allOrNothing, at: morning)
            for number in 1...5 {
                let exports = try await open("r\(number)", storage, lease: lease, at: after(Double(number)))
                try await settle("r\(number)", exports, to: Self.posted, storage, lease: lease)
            }
            var steps: [Int] = []
            for _ in 0..<3 {
                steps.append(try await storage.removeDetails(before: after(10), most: 2, at: after(60)).bodies)
            }
            #expect(steps == [2, 2, 1])
        }
    }

    @Test(
        "of a settled export's history the first and the last line stay; of others every line",
        arguments: Engine.allCases)
    func notes(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease()
            _ = try await storage.record(Examples.rentals(2), policy: .allOrNothing, at: morning)
            for second in [1.0, 2, 3] {
                _ = try await storage.change(.inState(.pending), by: .command("pat"), at: after(second)) {
                    $0.progress.after(.holdRequested)
                }
                _ = try await storage.change(.inState(.onHold), by: .command("pat"), at: after(second)) {
                    $0.progress.after(.holdReleased(now: after(second)))
                }
            }
            let first = try present(try await storage.agenda().pending.first).export
            try await storage.settle(
                Settlement(changes: [Examples.change(first, to: ExportProgress(state: Self.posted), at: after(4))]),
                lease: lease, at: after(4))
            #expect(try await storage.removeDetails(before: after(2), most: 100, at: after(60)).notes == 1)
            while try await storage.removeDetails(before: after(10), most: 3, at: after(60)).isFull {}
            let history = try present(try await storage.export(serial: 1)).history
            #expect(history.map(\.text) == ["From Pending to On hold.", "now Exported"])
            #expect(try await storage.export(serial: 2)?.history.count == 6)
        }
    }
}
