// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("Intuit took a token, but the company can't be read just now")
struct PendingAdoptionTests {
    private static let companyUnreadable: Interposer.Rule = { $0.isForCompanyInfo ? .html503 : nil }

    /// A world whose paste is pending: at first set-up, or beside a connection that is there.
    private func pendingWorld(seed: UInt64, isFirst: Bool) async throws -> (World, Interposer) {
        let (world, interposer) = try World.watched(seed: seed)
        if !isFirst { try await world.setUp() }
        let before = try await world.storage.connection(World.connection)
        interposer.answer(Self.companyUnreadable)
        let words = try await world.refusal {
            try await world.paste(world.playgroundToken(), realmID: WorldPlan.realmID, isFirst: isFirst)
        }
        #expect(words.contains("tries again by itself"))
        let now = try await world.storage.connection(World.connection)
        #expect(now?.grant == before?.grant && now?.company == before?.company)
        return (world, interposer)
    }

    @Test("it is finished by itself once the API is back, at the first set-up too", arguments: [true, false])
    func finished(isFirst: Bool) async throws {
        let (world, interposer) = try await pendingWorld(seed: 44, isFirst: isFirst)
        let tokenRequests = world.sandbox.counters.tokenRequests
        try await world.pass(.seconds(600))
        interposer.answer(nil)
        try await world.pass(.seconds(400))
        try await world.confirmProposal()
        #expect(try await world.stored().status == .connected)
        #expect(try await world.stored().company?.realmID == WorldPlan.realmID)
        #expect(world.sandbox.counters.tokenRequests == tokenRequests, "the journaled answer was enough")
        let notes = try await world.storage.connectionHistory(World.connection, limit: 1)
        #expect(notes.first?.text.contains("Connected to Three Rivers Rental.") == true)
    }

    @Test("after more than an hour its refresh token is asked, not its old access token", arguments: [true, false])
    func finishedLate(isFirst: Bool) async throws {
        let (world, interposer) = try await pendingWorld(seed: 45, isFirst: isFirst)
        try await world.pass(.seconds(3 * 3_600))
        interposer.answer(nil)
        let tokenRequests = world.sandbox.counters.tokenRequests
        try await world.pass(.seconds(700))
        try await world.confirmProposal()
        #expect(try await world.stored().status == .connected)
        #expect(world.sandbox.counters.tokenRequests <= tokenRequests + 1)
        #expect(try await world.cause() == nil)
    }

    @Test("a Client Secret entered while Intuit is asked stays", arguments: [true, false])
    func secretEnteredMeanwhile(isFirst: Bool) async throws {
        let (world, interposer) = try await pendingWorld(seed: 36, isFirst: isFirst)
        let secret = Secret(
            try world.sandbox.rotateSecret(clientID: SandboxApp.development.clientID, keepPrevious: true))
        let desk = world.worker.desk
        // Its answer leads to another look at the company, which can't be read yet.
        interposer.beforeNextTokenAnswer {
            try await desk.credentials.saveApp(.init(clientID: nil, clientSecret: secret), by: .command("bookkeeper"))
        }
        try await world.pass(.seconds(3 * 3_600))
        interposer.answer(nil)
        try await world.pass(.seconds(700))
        try await world.confirmProposal()
        #expect(try await world.stored().status == .connected)
        // Both are good at Intuit for the time being.
        let app = try #require(try await world.storage.app(of: World.connection))
        #expect([app.clientSecret, app.retiringSecret].contains(secret))
    }

    @Test("the token endpoint is away too for a while: that does not end it", arguments: [true, false])
    func tokenEndpointAway(isCut: Bool) async throws {
        let (world, interposer) = try await pendingWorld(seed: 46, isFirst: true)
        try await world.pass(.seconds(3_600))
        interposer.answer { request in
            guard request.isForTokens else { return nil }
            return isCut ? .failure(.connectionFailed(sentBytes: false, reason: "refused")) : .html503
        }
        try await world.pass(.seconds(1_200))
        #expect(try await world.storage.connection(World.connection)?.status != .connected)
        interposer.answer(nil)
        try await world.pass(.seconds(700))
        try await world.confirmProposal()
        #expect(try await world.stored().status == .connected)
    }

    @Test("a mistyped paste in between does not end it")
    func mistypedPaste() async throws {
        let (world, interposer) = try await pendingWorld(seed: 47, isFirst: true)
        _ = try await world.refusal { try await world.paste(Secret("RT1-0-H0-mistyped"), realmID: WorldPlan.realmID) }
        interposer.answer(nil)
        try await world.pass(.seconds(700))
        try await world.confirmProposal()
        #expect(try await world.stored().status == .connected)
    }

    @Test("another company's token, tried in between and refused, does not end it")
    func otherCompanysToken() async throws {
        let (world, interposer) = try await pendingWorld(seed: 38, isFirst: true)
        interposer.answer { $0.isForCompanyInfo ? .status(401, "{}") : nil }
        _ = try await world.refusal {
            try await world.paste(world.playgroundToken(realmID: World.otherRealmID), realmID: WorldPlan.realmID)
        }
        interposer.answer(nil)
        try await world.pass(.seconds(700))
        try await world.confirmProposal()
        #expect(try await world.stored().status == .connected)
        #expect(try await world.stored().company?.realmID == WorldPlan.realmID)
    }

    @Test("a token that is refused for good while it waits is not asked about again")
    func refusedMeanwhile() async throws {
        let (world, interposer) = try await pendingWorld(seed: 37, isFirst: true)
        try await world.pass(.seconds(3_600))
        interposer.answer { $0.isForTokens ? .status(400, #"{"error":"invalid_grant"}"#) : nil }
        try await world.pass(.seconds(700))
        let asked = interposer.count("/tokens/bearer")
        try await world.restart()
        try await world.pass(.seconds(7_200))
        #expect(interposer.count("/tokens/bearer") == asked)
        #expect(try await world.storage.connection(World.connection)?.grant == nil)
    }

    @Test("a restart finishes it")
    func restarted() async throws {
        let (world, interposer) = try await pendingWorld(seed: 48, isFirst: true)
        interposer.answer(nil)
        try await world.restart()
        try await world.confirmProposal()
        #expect(try await world.stored().status == .connected)
    }

    @Test("it never replaces a later connection to another company", arguments: [false, true])
    func laterCompany(restarts: Bool) async throws {
        let (world, interposer) = try await pendingWorld(seed: 49, isFirst: true)
        interposer.answer(nil)
        try await world.paste(world.playgroundToken(realmID: World.otherRealmID), realmID: World.otherRealmID)
        let connected = try await world.stored()
        #expect(connected.company?.realmID == World.otherRealmID)
        if restarts { try await world.restart() }
        try await world.pass(.seconds(7_200))
        #expect(try await world.stored() == connected)
    }

    @Test("it never undoes a Disconnect", arguments: [false, true], [false, true])
    func disconnected(isFirst: Bool, restarts: Bool) async throws {
        let (world, interposer) = try await pendingWorld(seed: 50, isFirst: isFirst)
        try await world.worker.desk.connections.disconnect(World.connection, by: .command("bookkeeper"))
        interposer.answer(nil)
        if restarts { try await world.restart() }
        try await world.pass(.seconds(7_200))
        #expect(try await world.storage.connection(World.connection)?.grant == nil)
    }
}
