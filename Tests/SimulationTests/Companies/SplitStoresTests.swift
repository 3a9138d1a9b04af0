// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox
import Testing

@Suite("Stores split over a sandbox and a production company at once")
struct SplitStoresTests {
    private func take(_ companies: Companies, seed: UInt64, count: Int) async throws {
        // Half of it store 2's, half of it others'.
        let trade = try World.trade(seed: seed, count: 2_000)
        let isTwo = { (transaction: Transaction) in transaction.key.store.value == 2 }
        let mixed = trade.filter(isTwo).prefix(count / 2) + trade.filter { !isTwo($0) }.prefix(count / 2)
        let text = mixed.map { $0.canonicalText() }.joined(separator: "\n")
        let report = try await companies.desk.intake.take(
            IntakeFile(Array(text.utf8), format: .ndjson), policy: .allOrNothing, by: .anybody(.api))
        #expect(report.recorded == count)
    }

    private func rows(_ companies: Companies) async throws -> [Export] {
        try await companies.storage.exports(matching: ExportFilter(pageSize: 500)).rows.map(\.export)
    }

    @Test("each document is in the company of its store, and nowhere else", arguments: [71, 72, 73] as [UInt64])
    func split(seed: UInt64) async throws {
        let companies = try Companies(seed: seed)
        let (sandbox, production) = try await companies.connectBoth()
        try await companies.desk.books.save(try World.books(), by: .command("pat"))
        let two = try #require(StoreNumber(2))
        _ = try await companies.desk.books.assign(two, to: production, by: .command("pat"))
        try await take(companies, seed: seed, count: 60)
        try await companies.drain()
        let exports = try await rows(companies)
        #expect(exports.count == 60 && exports.allSatisfy { $0.progress.state.name == .exported })
        #expect(Set(exports.map(\.connection)) == [sandbox, production])
        let inSandbox = try await companies.documentNumbers(.sandbox, realmID: Companies.sandboxRealm)
        let inProduction = try await companies.documentNumbers(.production, realmID: Companies.productionRealm)
        for export in exports {
            let isTwo = export.store == two
            #expect(export.connection == (isTwo ? production : sandbox))
            #expect(inProduction.contains(export.documentNumber.text) == isTwo)
            #expect(inSandbox.contains(export.documentNumber.text) == !isTwo)
        }
    }

    @Test("a document number that is taken costs another id, derived too, and not the import")
    func takenNumber() async throws {
        let companies = try Companies(seed: 75, digest: TiredDigest(sameFor: 3))
        // The same store and id from two sources have the same readable number.
        let text = try ["front", "back"].map { source in
            try #require(World.trade(seed: 75, count: 1).first).canonicalText().replacing("counter-75", with: source)
        }.joined(separator: "\n")
        let file = IntakeFile(Array(text.utf8), format: .ndjson)
        let report = try await companies.desk.intake.take(file, policy: .allOrNothing, by: .anybody(.api))
        #expect(report.recorded == 2)
        let exports = try await rows(companies)
        #expect(Set(exports.map(\.documentNumber)).count == 2)
        let key = try #require(file.rows.last?.result.get().transaction.key)
        let salted = ExportSubject(key, attempt: 2).exportID(SystemDigest())
        #expect(exports.map(\.id).contains(salted), "salted with how often its number was taken: twice")
    }

    @Test("what another company has from before a restore waits for a person, who knows where it belongs")
    func restoredFromBeforeAMove() async throws {
        let companies = try Companies(seed: 76)
        let (sandbox, production) = try await companies.connectBoth()
        try await companies.desk.books.save(try World.books(), by: .command("pat"))
        try await take(companies, seed: 76, count: 10)
        let moved = try #require(try await rows(companies).first { $0.store.value == 2 })
        // In the time that the restore has lost, store 2 posted to the other company.
        try await companies.enter(moved, realmID: Companies.productionRealm)
        let three = try #require(StoreNumber(3))
        _ = try await companies.desk.books.assign(three, to: production, by: .command("pat"))
        let other = try #require(
            World.trade(seed: 77, count: 1_000).first { $0.key.store == three }, "store 3 trades nothing")
        _ = try await companies.desk.intake.take(
            IntakeFile(Array(other.canonicalText().utf8), format: .ndjson), policy: .allOrNothing, by: .anybody(.api))
        for _ in 0..<8 {
            if case .at(let moment) = try await companies.exporter.step(production) {
                companies.sandbox.advance(by: .seconds(max(0.01, moment.timeIntervalSince(companies.clock.now))))
            }
        }
        try await companies.drain()

        let export = try #require(try await rows(companies).first { $0.serial == moved.serial })
        guard case .error(.foreignDocument(_, let words)) = export.progress.state else {
            Issue.record("it is posted in both companies: \(export.progress.state)")
            return
        }
        #expect(words.contains("posted to Lakeside Rental (connection 2) before"))
        #expect(words.contains("waits for Three Rivers Rental (connection 1) here"))
        #expect(try await rows(companies).count { $0.progress.state.name != .exported } == 1)
        // When it is reset with everything else in Error, nobody has decided about it.
        for selection in [ExportSelection.inState(.error), .inError(export.connection)] {
            _ = try await companies.desk.queue.reset(selection, by: .command("pat"))
            try await companies.drain()
            #expect(try await rows(companies).first { $0.serial == moved.serial }?.progress.state.name == .error)
        }
        // Nobody has either when it was held and is released.
        _ = try await companies.desk.queue.hold(.serials([export.serial]), by: .command("pat"))
        _ = try await companies.desk.queue.release(.serials([export.serial]), by: .command("pat"))
        try await companies.drain()
        #expect(try await rows(companies).first { $0.serial == moved.serial }?.progress.state.name == .error)
        // Reset alone, it goes to this company: a person has decided that it belongs here.
        _ = try await companies.desk.queue.reset(.serials([export.serial]), by: .command("pat"))
        try await companies.drain()
        #expect(try await rows(companies).allSatisfy { $0.progress.state.name == .exported })
        let numbers = try await companies.documentNumbers(.sandbox, realmID: Companies.sandboxRealm)
        #expect(numbers.contains(moved.documentNumber.text))
        #expect(try await rows(companies).first { $0.serial == moved.serial }?.connection == sandbox)
    }

    @Test("a look by marker whose exports have all gone to another company ends without a call")
    func nothingSought() async throws {
        let companies = try Companies(seed: 78)
        let (sandbox, _) = try await companies.connectBoth()
        try await companies.desk.books.save(try World.books(), by: .command("pat"))
        try await take(companies, seed: 78, count: 2)
        let lease = try #require(
            try await companies.storage.claim(
                sandbox, holder: "companies", now: companies.clock.now,
                until: companies.clock.now.addingTimeInterval(60)))
        let look = MarkerLook(
            .journalEntry, began: companies.clock.now,
            span: CreationSpan(from: companies.clock.now, through: companies.clock.now), serials: [1])
        try await companies.storage.settle(
            Settlement(changes: [], markerLook: .to(look)), lease: lease, at: companies.clock.now)
        try await companies.drain()
        #expect(try await rows(companies).allSatisfy { $0.progress.state.name == .exported })
    }

    @Test("one company's trouble leaves the other posting; a store that moves takes along what was never sent")
    func trouble() async throws {
        let companies = try Companies(seed: 74)
        let (sandbox, production) = try await companies.connectBoth()
        try await companies.desk.books.save(try World.books(), by: .command("pat"))
        let two = try #require(StoreNumber(2))
        _ = try await companies.desk.books.assign(two, to: production, by: .command("pat"))
        try await companies.desk.connections.disconnect(production, by: .command("pat"))
        try await take(companies, seed: 74, count: 30)
        for _ in 0..<40 {
            if case .at(let moment) = try await companies.exporter.step(sandbox) {
                companies.sandbox.advance(by: .seconds(max(0.01, moment.timeIntervalSince(companies.clock.now))))
            }
            _ = try await companies.exporter.step(production)
        }
        let waiting = try await rows(companies).filter { $0.store == two }
        #expect(!waiting.isEmpty && waiting.allSatisfy { $0.progress.state == .pending })
        #expect(try await rows(companies).filter { $0.store != two }.allSatisfy { $0.progress.state.name == .exported })
        let move = try await companies.desk.books.assign(two, to: sandbox, by: .command("pat"))
        #expect(move == StoreMove(moved: waiting.count, stayed: 0))
        try await companies.drain()
        #expect(try await rows(companies).allSatisfy { $0.connection == sandbox })
        let inProduction = try await companies.documentNumbers(.production, realmID: Companies.productionRealm)
        #expect(inProduction.isDisjoint(with: waiting.map(\.documentNumber.text)))
    }
}
