// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("What a refused paste or consent says, keeps and leaves")
struct RefusedPasteTests {
    @Test(
        "each of Intuit's reasons has its own sentence with its remedy, and a line in the history",
        arguments: [
            ("invalid_grant", "it is used up, expired, or belongs to another app"),
            ("unauthorized_client", "Check at developer.intuit.com that the app is active"),
            ("invalid_scope", "Enable the scope com.intuit.quickbooks.accounting"),
            ("invalid_client", "does not know this pair of Client ID and Client Secret"),
            ("unsupported_grant_type", "Intuit refused what Daybook asked (unsupported_grant_type)"),
        ])
    func reasons(error: String, words: String) async throws {
        let (world, interposer) = try World.watched(seed: 791)
        try await world.setUp()
        let before = try await world.stored()
        interposer.answer { $0.isForTokens ? .status(400, #"{"error":"\#(error)"}"#) : nil }
        let said = try await world.refusal { try await world.paste(Secret("RT1-0-H0-other")) }
        #expect(said.contains(words) && said.contains("The stored connection stays as it was."))
        #expect(try await world.stored() == before)
        let line = try #require(try await world.storage.connectionHistory(World.connection, limit: 1).first)
        #expect(line.kind == .refused && line.by == "bookkeeper")
        #expect(line.text == "Intuit refused a pasted refresh token: \(error)")
    }

    @Test("the user who is no longer in the company is named as the reason; an unknown word is kept, cleaned")
    func errorReasons() async throws {
        let (world, interposer) = try World.watched(seed: 792)
        try await world.setUp()
        let long = String(repeating: "x", count: 80)
        for (reason, text) in [("user_not_in_realm", "user_not_in_realm"), ("odd<b>\(long)", "oddb" + long.prefix(56))]
        {
            interposer.answer {
                $0.isForTokens ? .status(400, #"{"error":"invalid_grant","x_error_reason":"\#(reason)"}"#) : nil
            }
            let said = try await world.refusal { try await world.paste(Secret("RT1-0-H0-other")) }
            #expect(said.contains("administrator of the company") == (reason == "user_not_in_realm"))
            let line = try await world.storage.connectionHistory(World.connection, limit: 1).first
            #expect(line?.text.hasSuffix("invalid_grant (x_error_reason: \(text))") == true)
        }
        // The keeper's own refusal keeps the word as well.
        world.advance(by: .seconds(3_700))
        _ = try await world.worker.keeper.token(for: World.connection)
        try await world.keep(for: .seconds(60))
        let history = try await world.storage.connectionHistory(World.connection, limit: 20)
        #expect(history.contains { $0.kind == .refreshFailed && $0.text.contains("x_error_reason: oddb") })
    }

    @Test("connects, restores and refusals by Intuit's own answer carry its trace id")
    func traceIDs() async throws {
        let world = try World(WorldPlan(seed: 793))
        try await world.setUp()
        _ = try await world.refusal { try await world.paste(Secret("RT1-0-H0-mistyped")) }
        try await world.paste(world.playgroundToken())
        let history = try await world.storage.connectionHistory(World.connection, limit: 3)
        #expect(history.map(\.kind) == [.connected, .refused, .connected])
        #expect(history.allSatisfy { $0.intuitTID != nil && $0.by == "bookkeeper" })
    }

    @Test("a first paste waits in the history with its trace id, and its confirmation keeps it")
    func firstPaste() async throws {
        let world = try World(WorldPlan(seed: 794))
        try await world.paste(world.playgroundToken(), realmID: WorldPlan.realmID, isFirst: true)
        let history = try await world.storage.connectionHistory(World.connection, limit: 2)
        #expect(history.map(\.kind) == [.connected, .waiting])
        #expect(history.first?.intuitTID != nil && history.first?.intuitTID == history.last?.intuitTID)
    }

    @Test("a broken connection keeps its app when a paste with another app's keys is refused by the company")
    func appStays() async throws {
        let companies = try Companies(seed: 795)
        let (id, _) = try await companies.connectBoth()
        let before = try #require(try await companies.storage.connection(id))
        let generation = try #require(before.grant).generation
        let trouble = ConnectionTrouble(cause: .grantRefused, since: companies.clock.now)
        try await companies.storage.setTrouble(trouble, on: id, generation: generation, note: nil)
        let app = SandboxApp.production
        let form = try ConnectionSettings(
            connection: id, environment: .production, clientID: app.clientID, clientSecret: Secret(app.clientSecret),
            refreshToken: try companies.token(.production, realmID: Companies.productionRealm))
        let refused = await #expect(throws: Desk.Refused.self) {
            try await companies.desk.credentials.propose(form, by: .command("pat"))
        }
        #expect(refused?.message.contains("not for Three Rivers Rental (Realm ID") == true)
        let after = try #require(try await companies.storage.connection(id))
        #expect(after.app == before.app && after.grant == before.grant && after.trouble?.cause == .grantRefused)
    }

    @Test("Cancel at Intuit is in the history, and its address can't be used again")
    func cancelled() async throws {
        let companies = try Companies(seed: 796)
        let (id, _) = try await companies.connectBoth()
        let (code, state) = try await companies.consent(.connection(id), .sandbox, realmID: Companies.sandboxRealm)
        let pasted = "\(Companies.redirectURI)?error=access_denied&state=\(state)"
        let refused = await #expect(throws: Desk.Refused.self) {
            try await companies.desk.credentials.finishConnect(
                pasted: pasted, browser: Companies.browser, by: .command("pat"))
        }
        #expect(refused?.message == "Intuit says that consent was not given; nothing was changed.")
        let line = try await companies.desk.connections.history(id, limit: 1).first
        #expect(line?.kind == .refused && line?.text == "Intuit gave no consent (access_denied)" && line?.by == "pat")
        await #expect(throws: Desk.Refused.self) {
            try await companies.desk.credentials.finishConnect(
                code: code, state: state, realmID: Companies.sandboxRealm, browser: Companies.browser,
                by: .command("pat"))
        }
    }
}
