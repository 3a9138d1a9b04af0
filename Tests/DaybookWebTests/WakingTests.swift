// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitSandbox
import Testing

@Suite("Which verbs wake those who wait for work")
struct WakingTests {
    /// What came before the verb does not count.
    private func check(
        _ shop: Shop, wakes expected: Set<Work>, sourceLocation: SourceLocation = #_sourceLocation,
        _ verb: () async throws -> Void
    ) async throws {
        _ = shop.woken.take()
        try await verb()
        #expect(shop.woken.take() == expected, sourceLocation: sourceLocation)
    }

    @Test("taking transactions wakes; a repeat and a dry run wake nobody")
    func intake() async throws {
        try await Shop.open { shop in
            let file = IntakeFile(Array("[\(Shop.invoice("INV-1"))]".utf8), format: .json)
            try await check(shop, wakes: []) { _ = try await shop.desk.take(file, policy: .partial, dryRun: true) }
            try await check(shop, wakes: [.everyCompany]) { _ = try await shop.desk.take(file, policy: .partial) }
            try await check(shop, wakes: []) { _ = try await shop.desk.take(file, policy: .partial) }
        }
    }

    @Test("reset for export and release wake; hold wakes nobody")
    func exports() async throws {
        try await Shop.open { shop in
            try await shop.record(Shop.invoice("INV-1"))
            let all = ExportSelection.serials([1])
            try await check(shop, wakes: []) { _ = try await shop.desk.hold(all, by: "pat") }
            try await check(shop, wakes: [.everyCompany]) { _ = try await shop.desk.release(all, by: "pat") }
            try await check(shop, wakes: [.everyCompany]) { _ = try await shop.desk.reset(all, by: "pat") }
        }
    }

    @Test("saving account numbers and stores wakes, and so does moving a store, which records nothing")
    func books() async throws {
        try await Shop.open { shop in
            try await check(shop, wakes: [.everyCompany]) { try await shop.enterStandardNumbers() }
            let store = try present(StoreNumber(1))
            try await check(shop, wakes: [.company(.first)]) {
                _ = try await shop.desk.assign(store, to: .first, by: "pat")
            }
        }
    }

    @Test("keys, a token that works and a repaired connection wake their company")
    func connections() async throws {
        try await Shop.open { shop in
            try await check(shop, wakes: [.company(.first)]) { try await shop.enterKeys() }
            try await check(shop, wakes: [.company(.first)]) { try await shop.connect() }
            try await shop.keeper.setTrouble(.grantRefused, on: .first, generation: 1, tid: nil)
            let grant = try shop.sandbox.mintGrant(clientID: Shop.app.clientID, realmID: Shop.realmID)
            let form = try ConnectionSettings(
                connection: .first, realmID: Shop.realmID, refreshToken: Secret(grant.refreshToken))
            try await check(shop, wakes: [.company(.first)]) { _ = try await shop.desk.saveSettings(form, by: "pat") }
        }
    }

    @Test("adding somebody to be told wakes the deliveries alone")
    func notifiers() async throws {
        try await Shop.open { shop in
            try await check(shop, wakes: [.notifications]) {
                _ = try await shop.desk.saveNotifier(.init(kind: .email, address: "pat@example.com"), by: "pat")
            }
        }
    }
}
