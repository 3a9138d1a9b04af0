// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import DaybookStorage
import Foundation
import IntuitSandbox
import QuickBooks
import Testing

/// The judge itself must be able to fail: each world here is made wrong on purpose.
@Suite("The judge")
struct JudgeTests {
    private func world(_ change: (inout WorldPlan) -> Void = { _ in }) async throws -> World {
        var plan = WorldPlan(seed: 5)
        change(&plan)
        let world = try World(plan)
        try await world.setUp()
        try await world.take(try World.trade(seed: 5, count: 8))
        return world
    }

    private func verdict(on world: World) async throws -> String {
        try await Judge.complaints(about: world).joined(separator: "\n")
    }

    private func ourDocument(_ world: World) async throws -> JournalEntry {
        try #require(try await world.journalEntries().last { $0.privateNote?.hasPrefix("Daybook ") == true })
    }

    @Test("finds the duplicates of a horizon of zero, when batches are booked late and request ids ignored")
    func noHorizon() async throws {
        let world = try await world { $0.inFlightHorizon = .zero }
        try await world.refuseTakenNumbers(false)
        try world.sandbox.setMishaps(SandboxMishapSettings(requestIDs: .ignored))
        world.sandbox.nextMishap(.committedLate, route: .batch)
        try await world.drain()
        #expect(try await verdict(on: world).contains("stands 2 times in QuickBooks"))
    }

    @Test("finds a missing document")
    func missing() async throws {
        let world = try await world()
        try await world.drain()
        let document = try await ourDocument(world)
        try await world.delete(id: document.id ?? "", syncToken: document.syncToken ?? "")
        #expect(try await verdict(on: world).contains("is Exported but missing"))
    }

    @Test("finds a changed amount, by the document and by the trial balance")
    func changedAmount() async throws {
        let world = try await world()
        try await world.drain()
        try await world.edit(try await ourDocument(world)) { entry in
            for index in entry.lines.indices { entry.lines[index].amount = entry.lines[index].amount.map { $0 * 2 } }
        }
        let verdict = try await verdict(on: world)
        #expect(verdict.contains("has other amounts") && verdict.contains("differs by"))
    }

    @Test("finds a changed date")
    func changedDate() async throws {
        let world = try await world()
        try await world.drain()
        try await world.edit(try await ourDocument(world)) { $0.txnDate = LedgerDate("2026-12-24") }
        #expect(try await verdict(on: world).contains("has another date"))
    }

    @Test("finds documents that no export has")
    func unknownDocuments() async throws {
        let world = try await world()
        try await world.drain()
        let date = try #require(CalendarDate(year: 2026, month: 11, day: 9))
        try await world.enterByHand(number: "X-1", on: date, note: "Daybook \(String(repeating: "Z", count: 26)) x")
        try await world.enterByHand(number: "X-2", on: date)
        world.othersDocuments = ["OPENING"]
        let verdict = try await verdict(on: world)
        #expect(verdict.contains("unknown marker") && verdict.contains("is nobody's"))
    }

    @Test("finds a document of an export that isn't Exported")
    func exportedTooMuch() async throws {
        let world = try await world()
        let row = try #require(try await world.rows().first)
        try await world.enterByHand(number: "X-1", on: row.export.date, note: "\(row.export.id.marker) x")
        #expect(try await verdict(on: world).contains("is Pending but stands in QuickBooks"))
    }

    @Test("finds an envelope that goes out again after an unknown outcome, or before it was committed")
    func wire() async throws {
        let world = try await world()
        try await world.drain()
        let envelope = try #require(world.envelopes.envelopes.first)
        let token = try #require(try await world.storage.connection(World.connection)?.grant?.accessToken)
        let access = LedgerAccess(
            connection: .first, environment: .sandbox, realmID: WorldPlan.realmID, accessToken: token)
        _ = await world.worker.ledger.send(envelope, access: access)
        let unknown = Envelope(
            requestID: "f00", connection: envelope.connection, realmID: envelope.realmID,
            request: FrozenRequest(
                target: envelope.request.target.replacing(envelope.requestID, with: "f00"), body: envelope.request.body,
                sha256: envelope.request.sha256),
            items: envelope.items, preparedAt: envelope.preparedAt)
        _ = await world.worker.ledger.send(unknown, access: access)
        let verdict = try await verdict(on: world)
        #expect(verdict.contains("sent again after an unknown outcome"))
        #expect(verdict.contains("sent before its envelope was committed"))
    }
}
