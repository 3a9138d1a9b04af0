// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
import Testing

@Suite("An export that depends on others")
struct DependencyTests {
    private static func rental(_ id: String, after others: [Recording] = []) throws -> Recording {
        let whole = try Examples.rental(id)
        return try whole.with([whole.exports[0].with(dependsOn: others.flatMap(\.exports).map(\.id))])
    }

    private func exported(_ unit: PostingUnit, by storage: some Storage) async throws {
        let lease = try await storage.lease()
        let exporting = Examples.change(unit.export, to: ExportProgress(state: .exporting))
        let requestID = "r\(unit.export.serial)"
        try await storage.open(
            Examples.envelope(requestID, of: [unit]), changes: [exporting], lease: lease, at: morning)
        let posted = ExportProgress(
            state: .exported(Receipt(documentID: "\(unit.export.serial)", syncToken: "0")))
        try await storage.settle(
            Settlement(
                requestID: requestID,
                changes: [
                    ExportChange(
                        serial: unit.export.serial, from: exporting.to, to: posted,
                        note: ExportNote(at: morning, text: "posted"))
                ]), lease: lease, at: morning)
    }

    private func pending(_ storage: some Storage) async throws -> [Int64] {
        try await storage.agenda().pending.map(\.export.serial)
    }

    @Test("goes out when all of them are exported, in one batch or recorded later", arguments: Engine.allCases)
    func order(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let (first, second) = (try Self.rental("R1"), try Self.rental("R2"))
            let third = try Self.rental("R3", after: [first, second])
            _ = try await storage.record([first, second, third], policy: .allOrNothing, at: morning)
            _ = try await storage.record(
                [try Self.rental("R4", after: [third]), try Self.rental("R5")], policy: .allOrNothing, at: morning)
            #expect(try await pending(storage) == [1, 2, 5])
            for serial in [1, 2, 3, 4, 5] as [Int64] {
                let unit = try #require(try await storage.agenda().pending.first { $0.export.serial == serial })
                try await exported(unit, by: storage)
            }
            #expect(try await pending(storage) == [])
        }
    }

    @Test("waits while one of them is in Error or On hold, and nothing else does", arguments: Engine.allCases)
    func held(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let first = try Self.rental("R1")
            _ = try await storage.record(
                [first, try Self.rental("R2", after: [first]), try Self.rental("R3")], policy: .allOrNothing,
                at: morning)
            for event in [ExportEvent.holdRequested, .holdReleased(now: morning)] {
                _ = try await storage.change(.serials([1]), by: .command("pat"), at: morning) {
                    $0.progress.after(event)
                }
                #expect(try await pending(storage) == (event == .holdRequested ? [3] : [1, 3]))
            }
        }
    }

    @Test("is refused as a whole when one of them is not recorded", arguments: Engine.allCases)
    func missing(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let second = try Self.rental("R2", after: [try Self.rental("R1")])
            await #expect(throws: DependencyMissing(export: second.exports[0].id)) {
                try await storage.record([second], policy: .partial, at: morning)
            }
            #expect(try await storage.transaction(key: second.transaction.key) == nil)
        }
    }
}
