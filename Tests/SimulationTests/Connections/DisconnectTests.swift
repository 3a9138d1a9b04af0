// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import DaybookStorage
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Disconnect ends the grant at Intuit before it is erased here")
struct DisconnectTests {
    private func connected(seed: UInt64) async throws -> (Companies, Connection.ID) {
        let companies = try Companies(seed: seed)
        return (companies, try await companies.connectBoth().sandbox)
    }

    private func stands(_ companies: Companies) -> Bool {
        companies.sandbox.connectedCompanies.contains { $0.realmID == Companies.sandboxRealm }
    }

    private func app(_ companies: Companies, _ id: Connection.ID) async throws -> App {
        try #require(try await companies.storage.app(of: id))
    }

    @Test("it is ended, with Intuit's trace id in the history")
    func ended() async throws {
        let (companies, id) = try await connected(seed: 781)
        #expect(try await companies.desk.connections.disconnect(id, by: .command("pat")) == .endedAtIntuit)
        #expect(!stands(companies))
        let line = try #require(try await companies.desk.connections.history(id, limit: 1).first)
        #expect(line.kind == .disconnected && line.by == "pat" && line.intuitTID != nil)
    }

    @Test("a Client Secret that Intuit refuses: nothing is erased, and both ways on are named")
    func secretRefused() async throws {
        let (companies, id) = try await connected(seed: 782)
        _ = try companies.sandbox.rotateSecret(clientID: SandboxApp.development.clientID, keepPrevious: false)
        let before = try await companies.storage.connection(id)
        let refused = await #expect(throws: Desk.Refused.self) {
            try await companies.desk.connections.disconnect(id, by: .command("pat"))
        }
        let words = try #require(refused?.message)
        #expect(words.contains("Intuit refuses the Client Secret") && words.contains("under Settings"))
        #expect(words.contains("forget the connection here only"))
        #expect(try await companies.storage.connection(id) == before)
        #expect(stands(companies))
    }

    @Test("with two secrets the second is tried, and kept first from then on")
    func secondSecret() async throws {
        let (companies, id) = try await connected(seed: 783)
        let app = try await app(companies, id)
        try await companies.storage.saveApp(
            App(
                environment: app.environment, clientID: app.clientID, clientSecret: Secret("not-yet"),
                retiringSecret: app.clientSecret),
            for: nil, by: .command("pat"), at: companies.clock.now)
        #expect(try await companies.desk.connections.disconnect(id, by: .command("pat")) == .endedAtIntuit)
        #expect(!stands(companies))
        #expect(try await companies.storage.apps().first { $0.key == app.key }?.clientSecret == app.clientSecret)
    }

    @Test("a string that Intuit has changed meanwhile is no success: the access token ends the grant as well")
    func lostRotation() async throws {
        let (companies, id) = try await connected(seed: 784)
        var lifetimes = companies.sandbox.lifetimes
        lifetimes.rotationWindow = 1
        try companies.sandbox.setLifetimes(lifetimes)
        companies.sandbox.advance(by: .seconds(60))
        let held = try #require(try await companies.storage.connection(id)?.grant)
        let app = try await app(companies, id)
        let answer = try await companies.issuer.ask(.refresh(held.refreshToken), app: app)
        #expect(answer.status == 200, "nobody here has seen the new string")
        #expect(try await companies.desk.connections.disconnect(id, by: .command("pat")) == .endedAtIntuit)
        #expect(!stands(companies))
    }

    @Test("with no token left that Intuit takes, no more is said than is known")
    func nothingKnown() async throws {
        let (companies, id) = try await connected(seed: 785)
        _ = try companies.sandbox.disconnect(
            realmID: Companies.sandboxRealm, clientID: SandboxApp.development.clientID)
        let outcome = try await companies.desk.connections.disconnect(id, by: .command("pat"))
        #expect(outcome == .unknownAtIntuit && outcome.words.contains("Intuit no longer knew the tokens"))
        #expect(try await companies.storage.connection(id)?.grant == nil)
    }

    @Test("a gateway's page with status 400 says nothing of the token: nothing is erased")
    func gatewaysPage() async throws {
        let (companies, id) = try await connected(seed: 788)
        let before = try await companies.storage.connection(id)
        companies.interposer.answer { request in
            request.head.path?.hasSuffix("/tokens/revoke") == true
                ? .status(400, "<html>Bad Request</html>", type: "text/html") : nil
        }
        await #expect(throws: Desk.Refused.self) {
            try await companies.desk.connections.disconnect(id, by: .command("pat"))
        }
        #expect(try await companies.storage.connection(id) == before)
        #expect(stands(companies))
    }

    @Test("a refresh at the same moment leaves no grant behind")
    func whileRefreshing() async throws {
        let (companies, id) = try await connected(seed: 786)
        companies.sandbox.advance(by: .seconds(90_000))
        let (keeper, desk) = (companies.keeper, companies.desk)
        async let step = keeper.step(id)
        async let outcome = desk.connections.disconnect(id, by: .command("pat"))
        _ = try await step
        #expect(try await outcome == .endedAtIntuit)
        #expect(!stands(companies))
        #expect(try await companies.storage.connection(id)?.grant == nil)
    }

    @Test("a consent that still waits to be tried is ended too")
    func pending() async throws {
        let companies = try Companies(seed: 787)
        try await companies.saveApp(.sandbox, for: .first)
        companies.interposer.answer { $0.isForCompanyInfo ? .html503 : nil }
        await #expect(throws: Desk.Refused.self) {
            _ = try await companies.connect(.connection(.first), .sandbox, realmID: Companies.sandboxRealm)
        }
        #expect(stands(companies))
        #expect(try await companies.desk.connections.disconnect(.first, by: .command("pat")) == .endedAtIntuit)
        #expect(!stands(companies))
    }
}
