// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("A token for another company")
struct OtherCompanyTests {
    @Test("by consent and by paste, it is refused, both companies are named, and the stored one stays")
    func refused() async throws {
        let world = try World(WorldPlan(seed: 51))
        try await world.setUp()
        let stored = try await world.stored()
        let byConsent = try await world.refusal { try await world.consent(to: World.otherRealmID) }
        let byPaste = try await world.refusal {
            try await world.paste(world.playgroundToken(realmID: World.otherRealmID), realmID: World.otherRealmID)
        }
        for words in [byConsent, byPaste] {
            #expect(words.contains(World.otherRealmID))
            #expect(words.contains("Three Rivers Rental") && words.contains(WorldPlan.realmID))
        }
        #expect(byConsent.contains("Harbor Event Rental"))
        #expect(try await world.stored() == stored)
    }

    @Test("a consent for a company that is not connected here is ended again, and is in the history")
    func endedAgain() async throws {
        let (world, interposer) = try World.watched(seed: 56)
        try await world.setUp()
        _ = try await world.refusal { try await world.consent(to: World.otherRealmID) }
        #expect(interposer.count("/tokens/revoke") == 1)
        let connected = world.sandbox.connectedCompanies
        #expect(!connected.contains { $0.realmID == World.otherRealmID })
        #expect(connected.contains { $0.realmID == WorldPlan.realmID })
        let line = try #require(try await world.storage.connectionHistory(World.connection, limit: 1).first)
        #expect(line.kind == .refused && line.by == "bookkeeper" && line.intuitTID != nil)
        #expect(line.text.hasSuffix("for another company was refused: this connection belongs to Three Rivers Rental"))
        let trail = try await world.storage.auditEntries(after: 0, limit: 500).map { "\($0)" }
        #expect(!trail.isEmpty && !trail.contains { $0.contains(World.otherRealmID) || $0.contains(WorldPlan.realmID) })
        try await world.restart()
        #expect(try await world.stored().company?.realmID == WorldPlan.realmID)
    }

    @Test("the name can't be read: the Realm ID is shown instead, and a consent still in force at Intuit is named")
    func unnamed() async throws {
        let (world, interposer) = try World.watched(seed: 57)
        try await world.setUp()
        interposer.answer { request in
            request.isForCompanyInfo || request.head.path?.contains("/tokens/revoke") == true ? .html503 : nil
        }
        let words = try await world.refusal { try await world.consent(to: World.otherRealmID) }
        #expect(words.contains("the company with the Realm ID \(World.otherRealmID)"))
        #expect(words.contains("Intuit still holds it"))
        interposer.answer { $0.isForTokens ? .html503 : nil }
        let without = try await world.refusal { try await world.consent(to: World.otherRealmID) }
        #expect(without.contains("the company with the Realm ID \(World.otherRealmID)"))
        #expect(try await world.stored().status == .connected)
    }

    @Test("pasted under this company's Realm ID, it is tried, refused, and the stored one stays and works on")
    func refusedByTheCompany() async throws {
        let world = try World(WorldPlan(seed: 52))
        try await world.setUp()
        let stored = try await world.stored()
        let words = try await world.refusal {
            try await world.paste(world.playgroundToken(realmID: World.otherRealmID))
        }
        #expect(words.contains("not for Three Rivers Rental (Realm ID \(WorldPlan.realmID))"))
        #expect(try await world.stored() == stored)
        for _ in 0..<2 { try await world.pass(.seconds(86_400)) }
        #expect(try await world.stored().status == .connected)
    }

    @Test("after Disconnect it is taken as long as nothing was ever sent")
    func nothingSent() async throws {
        let world = try World(WorldPlan(seed: 53))
        try await world.setUp()
        try await world.worker.desk.connections.disconnect(World.connection, by: .command("bookkeeper"))
        let company = try await world.consent(to: World.otherRealmID)
        #expect(company.realmID == World.otherRealmID)
        #expect(try await world.stored().company == company)
    }

    @Test("after Disconnect it is refused once something was sent; the same company is taken again")
    func somethingSent() async throws {
        let world = try World(WorldPlan(seed: 54))
        try await world.setUp()
        try await world.take(try World.trade(seed: 54, count: 3))
        try await world.drain()
        try await world.worker.desk.connections.disconnect(World.connection, by: .command("bookkeeper"))
        let words = try await world.refusal { try await world.consent(to: World.otherRealmID) }
        #expect(words.contains("Three Rivers Rental") && words.contains(World.otherRealmID))
        try await world.take(try World.trade(seed: 55, count: 3))
        try await world.connect()
        try await world.drain()
        #expect(try await world.count(.exported) == 6)
        #expect(try await Judge.complaints(about: world) == [])
    }
}
