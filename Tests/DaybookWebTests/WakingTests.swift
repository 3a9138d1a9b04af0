// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import IntuitSandbox
import Testing

@Suite("Which verbs wake the loops")
struct WakingTests {
    /// What came before the verb does not count.
    private func check(
        _ fixture: SiteFixture, wakes expected: Set<Work>, sourceLocation: SourceLocation = #_sourceLocation,
        _ verb: () async throws -> Void
    ) async throws {
        _ = fixture.woken.take()
        try await verb()
        #expect(fixture.woken.take() == expected, sourceLocation: sourceLocation)
    }

    @Test("taking transactions wakes; a repeat and a dry run wake nobody")
    func intake() async throws {
        try await SiteFixture.open { fixture in
            let file = IntakeFile(Array("[\(SiteFixture.invoice("INV-1"))]".utf8), format: .json)
            try await check(fixture, wakes: []) {
                _ = try await fixture.desk.intake.take(file, policy: .partial, dryRun: true, by: .anybody(.api))
            }
            try await check(fixture, wakes: [.everyCompany]) {
                _ = try await fixture.desk.intake.take(file, policy: .partial, by: .anybody(.api))
            }
            try await check(fixture, wakes: []) {
                _ = try await fixture.desk.intake.take(file, policy: .partial, by: .anybody(.api))
            }
        }
    }

    @Test("reset for export and release wake; hold wakes nobody")
    func exports() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("INV-1"))
            let all = ExportSelection.serials([1])
            try await check(fixture, wakes: []) { _ = try await fixture.desk.queue.hold(all, by: .command("pat")) }
            try await check(fixture, wakes: [.everyCompany]) {
                _ = try await fixture.desk.queue.release(all, by: .command("pat"))
            }
            try await check(fixture, wakes: [.everyCompany]) {
                _ = try await fixture.desk.queue.reset(all, by: .command("pat"))
            }
        }
    }

    @Test("saving account numbers and stores wakes, and so does moving a store, which records nothing")
    func books() async throws {
        try await SiteFixture.open { fixture in
            try await check(fixture, wakes: [.everyCompany]) { try await fixture.enterStandardNumbers() }
            let store = try present(StoreNumber(1))
            try await check(fixture, wakes: [.company(.first)]) {
                _ = try await fixture.desk.books.assign(store, to: .first, by: .command("pat"))
            }
        }
    }

    @Test("keys, a token that works and a repaired connection wake their company")
    func connections() async throws {
        try await SiteFixture.open { fixture in
            try await check(fixture, wakes: [.company(.first)]) { try await fixture.enterKeys() }
            try await check(fixture, wakes: [.company(.first)]) { try await fixture.connect() }
            try await fixture.keeper.setTrouble(.grantRefused, on: .first, generation: 1, tid: nil)
            let grant = try fixture.sandbox.mintGrant(clientID: SiteFixture.app.clientID, realmID: SiteFixture.realmID)
            let form = try ConnectionSettings(
                connection: .first, realmID: SiteFixture.realmID, refreshToken: Secret(grant.refreshToken))
            try await check(fixture, wakes: [.company(.first)]) {
                _ = try await fixture.desk.credentials.saveSettings(form, by: .command("pat"))
            }
        }
    }

    @Test("adding somebody to be told wakes the deliveries alone")
    func notifiers() async throws {
        try await SiteFixture.open { fixture in
            try await check(fixture, wakes: [.notifications]) {
                _ = try await fixture.desk.notifications.add(
                    .init(kind: .email, address: "pat@example.com"), by: .command("pat"))
            }
        }
    }
}
