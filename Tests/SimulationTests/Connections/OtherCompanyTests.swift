// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
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
        #expect(try await world.stored() == stored)
    }

    @Test("pasted under this company's Realm ID, it is tried, refused, and the stored one stays and lives on")
    func refusedByTheCompany() async throws {
        let world = try World(WorldPlan(seed: 52))
        try await world.setUp()
        let stored = try await world.stored()
        let words = try await world.refusal {
            try await world.paste(world.playgroundToken(realmID: World.otherRealmID))
        }
        #expect(words.contains("not for the company with the Realm ID \(WorldPlan.realmID)"))
        #expect(try await world.stored() == stored)
        for _ in 0..<2 { try await world.pass(.seconds(86_400)) }
        #expect(try await world.stored().status == .connected)
    }

    @Test("after Disconnect it is taken as long as nothing was ever sent")
    func nothingSent() async throws {
        let world = try World(WorldPlan(seed: 53))
        try await world.setUp()
        try await world.worker.desk.disconnect(World.connection, by: "bookkeeper")
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
        try await world.worker.desk.disconnect(World.connection, by: "bookkeeper")
        let words = try await world.refusal { try await world.consent(to: World.otherRealmID) }
        #expect(words.contains("Three Rivers Rental") && words.contains(World.otherRealmID))
        try await world.take(try World.trade(seed: 55, count: 3))
        try await world.connect()
        try await world.drain()
        #expect(try await world.count(.exported) == 6)
        #expect(try await Judge.complaints(about: world) == [])
    }
}
