// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
import Testing

@Suite("Exports that collect, that a person excluded, that a revision replaced, and that come to nothing")
struct FurtherStatesTests {
    private static func rental(_ id: String, _ state: InitialState, after others: [Recording] = []) throws -> Recording
    {
        let whole = try Examples.rental(id)
        let total: Money? = state == .nothingToPost ? .zero(.usd) : nil
        return try whole.with([
            whole.exports[0].with(total: total, state: state, dependsOn: others.flatMap(\.exports).map(\.id))
        ])
    }

    private func apply(_ event: ExportEvent, to serial: Int64, _ storage: some Storage) async throws
        -> ChangeOutcome.Result
    {
        try #require(
            try await storage.change(.serials([serial]), by: .command("pat"), at: morning) { $0.progress.after(event) }
                .first
        ).result
    }

    private func state(of serial: Int64, _ storage: some Storage) async throws -> ExportState.Name? {
        try await storage.export(serial: serial)?.row.export.progress.state.name
    }

    @Test("begin where the mode says, are counted, and are not on the agenda", arguments: Engine.allCases)
    func begin(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let recordings = try [
                Self.rental("R1", .collecting), Self.rental("R2", .nothingToPost), Self.rental("R3", .pending),
            ]
            let outcomes = try await storage.record(recordings, policy: .allOrNothing, at: morning)
            #expect(outcomes == [.recorded(exports: [1]), .recorded(exports: [2]), .recorded(exports: [3])])
            let page = try await storage.exports(matching: .init())
            #expect(page.counts == [.collecting: 1, .nothingToPost: 1, .pending: 1])
            #expect(try await storage.agenda().pending.map(\.export.serial) == [3])
            let nothing = try #require(try await storage.export(serial: 2))
            #expect(nothing.row.export.total.isZero && nothing.legs == recordings[1].entry.legs)
        }
    }

    @Test("a day that is closed goes out; one that nets to nothing must not", arguments: Engine.allCases)
    func closed(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.record([try Self.rental("R1", .collecting)], policy: .allOrNothing, at: morning)
            guard case .changed = try await apply(.dayClosed(netsToNothing: false), to: 1, storage) else {
                Issue.record("a day can be closed")
                return
            }
            #expect(try await storage.agenda().pending.map(\.export.serial) == [1])
        }
    }

    @Test("what a person excluded stays so until that is taken back, also over a restart", arguments: Engine.allCases)
    func excluded(_ engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.record([try Self.rental("R1", .pending)], policy: .allOrNothing, at: morning)
            _ = try await apply(.excludeRequested, to: 1, storage)
            #expect(try await state(of: 1, storage) == .excluded)
            #expect(try await storage.agenda().pending.isEmpty)
            guard case .refused = try await apply(.excludeRequested, to: 1, storage) else {
                Issue.record("it is excluded already")
                return
            }
            _ = try await apply(.includeRequested(now: morning), to: 1, storage)
            #expect(try await storage.agenda().pending.map(\.export.serial) == [1])
        }
    }

    @Test("what a revision replaced is final, and what depends on it goes out", arguments: Engine.allCases)
    func withdrawn(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let first = try Self.rental("R1", .pending)
            let nothing = try Self.rental("R2", .nothingToPost)
            _ = try await storage.record(
                [first, nothing, try Self.rental("R3", .pending, after: [first, nothing])], policy: .allOrNothing,
                at: morning)
            #expect(try await storage.agenda().pending.map(\.export.serial) == [1])
            _ = try await apply(.excludeRequested, to: 1, storage)
            #expect(try await storage.agenda().pending.isEmpty, "a person may still take that back")
            _ = try await apply(.superseded, to: 1, storage)
            #expect(try await state(of: 1, storage) == .withdrawn)
            #expect(try await storage.agenda().pending.map(\.export.serial) == [3])
        }
    }

    @Test("those that were never sent move to the store's other company", arguments: Engine.allCases)
    func moved(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let recordings = try [
                Self.rental("R1", .collecting), Self.rental("R2", .pending), Self.rental("R3", .nothingToPost),
                Self.rental("R4", .pending),
            ]
            _ = try await storage.record(recordings, policy: .allOrNothing, at: morning)
            _ = try await apply(.excludeRequested, to: 2, storage)
            _ = try await apply(.superseded, to: 4, storage)
            let other = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            let move = try await storage.assign(.defaults, to: other, by: .command("pat"), at: morning)
            #expect(move.moved == 2 && move.stayed == 0, "what is at rest is no business of the move: \(move)")
        }
    }
}
