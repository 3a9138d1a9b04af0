// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("Apps, several side by side")
struct AppTests {
    private let production = App(environment: .production, clientID: "ABprod", clientSecret: Secret("canary-prod-1"))

    @Test("several apps are kept side by side, each under its environment and Client ID", arguments: Engine.allCases)
    func several(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await storage.saveApp(Examples.app, for: nil, by: .command("pat"), at: morning)
            try await storage.saveApp(production, for: nil, by: .command("pat"), at: morning)
            #expect(try await storage.apps() == [production, Examples.app])
            let namesake = App(environment: .sandbox, clientID: "ABprod", clientSecret: Secret("another"))
            try await storage.saveApp(namesake, for: nil, by: .command("pat"), at: morning)
            #expect(try await storage.apps() == [production, Examples.app, namesake])
        }
    }

    @Test("a connection without an app takes the only one, and none when there are two", arguments: Engine.allCases)
    func only(_ engine: Engine) async throws {
        try await engine.storage { storage in
            #expect(try await storage.app(of: .first) == nil)
            try await storage.saveApp(Examples.app, for: nil, by: .command("pat"), at: morning)
            #expect(try await storage.app(of: .first) == Examples.app)
            try await storage.saveApp(production, for: nil, by: .command("pat"), at: morning)
            #expect(try await storage.app(of: .first) == nil)
            try await storage.saveApp(production, for: .first, by: .command("pat"), at: morning)
            #expect(try await storage.app(of: .first) == production)
            #expect(try await storage.connection(.first)?.app == production.key)
        }
    }

    @Test("a new secret keeps the one before beside it, and the history says so", arguments: Engine.allCases)
    func rotation(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await storage.saveApp(Examples.app, for: .first, by: .command("pat"), at: morning)
            let renewed = App(
                environment: .sandbox, clientID: Examples.app.clientID, clientSecret: Secret("canary-new"),
                retiringSecret: Examples.app.clientSecret)
            try await storage.saveApp(renewed, for: .first, by: .command("kim"), at: after(1))
            #expect(try await storage.apps() == [renewed])
            let history = try await storage.connectionHistory(.first, limit: 9)
            #expect(history.map(\.kind) == [.secretChanged] && history.map(\.by) == ["kim"])
        }
    }

    @Test(
        "the secret that Intuit took comes first and is remembered; one that is gone is not", arguments: Engine.allCases
    )
    func worked(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let two = App(
                environment: .sandbox, clientID: Examples.app.clientID, clientSecret: Secret("new"),
                retiringSecret: Secret("old"))
            try await storage.saveApp(two, for: .first, by: .command("pat"), at: morning)
            try await storage.secretWorked(Secret("older"), of: two.key, by: .system(.tokenKeeper), at: after(1))
            #expect(try await storage.apps() == [two])
            try await storage.secretWorked(Secret("old"), of: two.key, by: .system(.tokenKeeper), at: after(1))
            let swapped = App(
                environment: .sandbox, clientID: two.clientID, clientSecret: Secret("old"),
                retiringSecret: Secret("new"), hasWorked: true)
            #expect(try await storage.apps() == [swapped])
            try await storage.secretWorked(Secret("old"), of: two.key, by: .system(.tokenKeeper), at: after(2))
            let history = try await storage.connectionHistory(.first, limit: 9)
            #expect(history.map(\.kind) == [.secretChanged] && history.map(\.by) == ["token keeper"])
        }
    }

    @Test(
        "an app of the time before environments gets the configured one, others keep theirs", arguments: Engine.allCases
    )
    func unnamed(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let old = App(environment: .init(""), clientID: "ABold", clientSecret: Secret("canary-old"))
            try await storage.saveApp(old, for: .first, by: .command("pat"), at: morning)
            try await storage.saveApp(production, for: nil, by: .command("pat"), at: morning)
            try await storage.nameEnvironment(.sandbox)
            #expect(try await storage.apps().map(\.environment) == [.production, .sandbox])
            #expect(try await storage.app(of: .first)?.clientSecret == old.clientSecret)
        }
    }
}
