// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Ways to connect")
struct WaysToConnectTests {
    private func refusal(_ act: () async throws -> Void) async throws -> String {
        do {
            try await act()
        } catch let refused as Desk.Refused {
            return refused.message
        }
        Issue.record("it was not refused")
        return ""
    }

    @Test("the way back called twice does no harm and says that it is done")
    func twice() async throws {
        let companies = try Companies(seed: 80)
        try await companies.saveApp(.sandbox, for: .first)
        let (code, state) = try await companies.consent(
            .connection(.first), .sandbox, realmID: Companies.sandboxRealm)
        var outcomes: [Connected.Outcome] = []
        for _ in 0..<2 {
            outcomes.append(
                try await companies.desk.credentials.finishConnect(
                    code: code, state: state, realmID: Companies.sandboxRealm, browser: Companies.browser,
                    by: .command("pat")
                ).outcome)
        }
        #expect(outcomes == [.made, .doneAlready])
        #expect(try await companies.storage.connection(.first)?.status == .connected)
    }

    @Test("another browser, and a state that nobody gave, change nothing")
    func otherBrowser() async throws {
        let companies = try Companies(seed: 81)
        try await companies.saveApp(.sandbox, for: .first)
        let (code, state) = try await companies.consent(
            .connection(.first), .sandbox, realmID: Companies.sandboxRealm)
        for (state, browser) in [(state, Secret("another")), ("made up", Companies.browser)] {
            let words = try await refusal {
                _ = try await companies.desk.credentials.finishConnect(
                    code: code, state: state, realmID: Companies.sandboxRealm, browser: browser, by: .command("pat"))
            }
            #expect(words.contains("Press Connect to QuickBooks again"))
        }
        // The browser that began it can still finish.
        let connected = try await companies.desk.credentials.finishConnect(
            code: code, state: state, realmID: Companies.sandboxRealm, browser: Companies.browser, by: .command("pat"))
        #expect(connected.outcome == .made)
    }

    @Test("a first token waits to be confirmed; a later one restores with nothing but the token")
    func paste() async throws {
        let companies = try Companies(seed: 82)
        try await companies.saveApp(.sandbox, for: .first)
        let token = try companies.token(.sandbox, realmID: Companies.sandboxRealm)
        let first = try ConnectionSettings(realmID: Companies.sandboxRealm, refreshToken: token)
        let company = Company(realmID: Companies.sandboxRealm, name: "Three Rivers Rental")
        #expect(try await companies.desk.credentials.propose(first, by: .command("pat")) == .toConfirm(.first, company))
        #expect(try await companies.storage.connection(.first)?.grant == nil)
        #expect(try await companies.desk.credentials.proposal(of: .first) == company)
        let wrong = try await refusal {
            _ = try await companies.desk.credentials.confirm(.first, realmID: "1", by: .command("pat"))
        }
        #expect(wrong.contains("Enter the refresh token again"))
        let made = try await companies.desk.credentials.confirm(.first, realmID: company.realmID, by: .command("pat"))
        #expect(made == Connected(connection: .first, company: company, outcome: .made))
        let later = try ConnectionSettings(
            refreshToken: try companies.token(.sandbox, realmID: Companies.sandboxRealm))
        guard case .connected(let restored) = try await companies.desk.credentials.propose(later, by: .command("pat"))
        else {
            Issue.record("a later token was to be confirmed")
            return
        }
        #expect(restored.words == "Your integration is restored. Connected to Three Rivers Rental.")
    }

    @Test("an unconfirmed token is forgotten after a day, and at once when it is declined")
    func unconfirmed() async throws {
        let companies = try Companies(seed: 83)
        try await companies.saveApp(.sandbox, for: .first)
        for declines in [true, false] {
            let token = try companies.token(.sandbox, realmID: Companies.sandboxRealm)
            let form = try ConnectionSettings(realmID: Companies.sandboxRealm, refreshToken: token)
            _ = try await companies.desk.credentials.propose(form, by: .command("pat"))
            if declines {
                let (desk, shown) = (companies.desk, Companies.sandboxRealm)
                #expect(
                    try await desk.credentials.decline(.first, realmID: Companies.productionRealm, by: .command("pat"))
                        == false)
                #expect(try await desk.credentials.decline(.first, realmID: shown, by: .command("pat")))
                #expect(try await desk.credentials.decline(.first, realmID: shown, by: .command("pat")) == false)
            } else {
                companies.sandbox.advance(by: .seconds(86_401))
            }
            #expect(try await companies.desk.credentials.proposal(of: .first) == nil)
            let words = try await refusal {
                _ = try await companies.desk.credentials.confirm(
                    .first, realmID: Companies.sandboxRealm, by: .command("pat"))
            }
            #expect(words.contains("There is no token"))
        }
    }

    @Test("another company is refused by name on reconnecting; as a new company it is taken")
    func newCompany() async throws {
        let companies = try Companies(seed: 84)
        let (sandbox, production) = try await companies.connectBoth()
        let words = try await refusal {
            _ = try await companies.connect(.connection(sandbox), .sandbox, realmID: Companies.productionRealm)
        }
        #expect(words.contains("Three Rivers Rental") && words.contains(Companies.productionRealm))
        #expect(words.contains("Lakeside Rental"))
        // Its grant is in use here: a second consent for it must not end the first.
        #expect(companies.interposer.count("/tokens/revoke") == 0)
        #expect(production != sandbox)
        // A company that is connected already stays one connection, whatever was pressed.
        let app = App.Key(environment: .sandbox, clientID: SandboxApp.development.clientID)
        let again = try await companies.connect(.newCompany(app: app), .sandbox, realmID: Companies.sandboxRealm)
        #expect(again.connection == sandbox && again.outcome == .restored)
        #expect(try await companies.storage.connections().count == 2)
        #expect(try await companies.desk.connections.connection(realmID: Companies.productionRealm)?.id == production)
    }

    @Test("two consents for the same new company at once make one connection")
    func atOnce() async throws {
        let companies = try Companies(seed: 88)
        for environment in [Environment.Name.sandbox, .production] { try await companies.saveApp(environment) }
        _ = try await companies.connect(
            .newCompany(app: App.Key(environment: .production, clientID: SandboxApp.production.clientID)), .production,
            realmID: Companies.productionRealm)
        let app = App.Key(environment: .sandbox, clientID: SandboxApp.development.clientID)
        let consents = [
            try await companies.consent(.newCompany(app: app), .sandbox, realmID: Companies.sandboxRealm),
            try await companies.consent(.newCompany(app: app), .sandbox, realmID: Companies.sandboxRealm),
        ]
        let outcomes = try await withThrowingTaskGroup(of: Connected.Outcome.self) { group in
            for (code, state) in consents {
                group.addTask { [desk = companies.desk] in
                    try await desk.credentials.finishConnect(
                        code: code, state: state, realmID: Companies.sandboxRealm, browser: Companies.browser,
                        by: .command("pat")
                    ).outcome
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count == 2 && outcomes.contains(.made) && outcomes.contains(.restored))
        #expect(try await companies.storage.connections().count == 2)
    }

    @Test("a token that waits is forgotten when its company is connected another way meanwhile")
    func connectedMeanwhile() async throws {
        let companies = try Companies(seed: 89)
        try await companies.saveApp(.sandbox, for: .first)
        let token = try companies.token(.sandbox, realmID: Companies.sandboxRealm)
        let form = try ConnectionSettings(realmID: Companies.sandboxRealm, refreshToken: token)
        _ = try await companies.desk.credentials.propose(form, by: .command("pat"))
        let app = App.Key(environment: .sandbox, clientID: SandboxApp.development.clientID)
        let other = try await companies.storage.addConnection(app: app, by: .command("pat"), at: companies.clock.now)
        _ = try await companies.connect(.connection(other), .sandbox, realmID: Companies.sandboxRealm)
        let words = try await refusal {
            _ = try await companies.desk.credentials.confirm(
                .first, realmID: Companies.sandboxRealm, by: .command("pat"))
        }
        #expect(words.contains("Three Rivers Rental was connected meanwhile, as connection \(other.value)"))
        #expect(try await companies.desk.credentials.proposal(of: .first) == nil)
        #expect(try await companies.storage.connection(.first)?.grant == nil)
    }

    @Test("with two apps stored, Connect asks which; a wrong environment is refused by name")
    func whichApp() async throws {
        let companies = try Companies(seed: 85)
        for environment in [Environment.Name.sandbox, .production] { try await companies.saveApp(environment) }
        let words = try await refusal {
            _ = try await companies.desk.credentials.beginConnect(
                .newCompany(app: nil), browser: Companies.browser, by: .command("pat"))
        }
        #expect(words == "Several apps are stored. Choose the one to connect with.")
        let unknown = try await refusal {
            try await companies.desk.credentials.saveApp(
                ConnectionSettings.Keys(environment: .init("test"), clientID: "a", clientSecret: Secret("b")),
                for: nil, by: .command("pat"))
        }
        #expect(unknown == "There is no environment “test”; an app belongs to production or sandbox.")
    }

    @Test("a Client ID or a Client Secret in the token's field is told apart from a token that does not work")
    func mixedUp() async throws {
        let companies = try Companies(seed: 86)
        try await companies.saveApp(.sandbox, for: .first)
        for (text, name) in [
            (SandboxApp.development.clientID, "Client ID"), (SandboxApp.development.clientSecret, "Client Secret"),
        ] {
            let form = try ConnectionSettings(realmID: Companies.sandboxRealm, refreshToken: Secret(text))
            let words = try await refusal {
                _ = try await companies.desk.credentials.propose(form, by: .command("pat"))
            }
            #expect(words.hasPrefix("The \(name) was pasted into the refresh token field."))
        }
    }

    @Test("a Disconnect that Intuit can't be told of changes nothing, and can be forced here")
    func forget() async throws {
        let companies = try Companies(seed: 87)
        let (sandbox, _) = try await companies.connectBoth()
        companies.interposer.answer { request in
            request.head.path?.contains("/tokens/revoke") == true
                ? .failure(.connectionFailed(sentBytes: false, reason: "refused")) : nil
        }
        let words = try await refusal { try await companies.desk.connections.disconnect(sandbox, by: .command("pat")) }
        #expect(words.contains("nothing was changed") && words.contains("forget the connection here anyway"))
        #expect(try await companies.storage.connection(sandbox)?.status == .connected)
        try await companies.desk.connections.forget(sandbox, by: .command("pat"))
        #expect(try await companies.storage.connection(sandbox)?.grant == nil)
    }

    private func newCompany(_ environment: Environment.Name) throws -> ConnectTarget {
        .newCompany(
            app: App.Key(environment: environment, clientID: try #require(Companies.keys[environment]).clientID))
    }

    @Test("a consent asks for the books and for nothing else, by a code, whatever the environment")
    func leastScope() async throws {
        let companies = try Companies(seed: 95)
        for environment in [Environment.Name.sandbox, .production] {
            try await companies.saveApp(environment)
            let page = try await companies.desk.credentials.beginConnect(
                try newCompany(environment), browser: Companies.browser, by: .command("pat"))
            let items = URLComponents(url: page, resolvingAgainstBaseURL: false)?.queryItems ?? []
            #expect(items.filter { $0.name == "scope" }.map(\.value) == ["com.intuit.quickbooks.accounting"])
            #expect(items.filter { $0.name == "response_type" }.map(\.value) == ["code"])
            #expect(items.filter { $0.name == "redirect_uri" }.map(\.value) == [Companies.redirectURI])
        }
    }

    @Test("an answer of another environment connects nothing: the code goes to the app that the state was made for")
    func otherEnvironment() async throws {
        let companies = try Companies(seed: 96)
        let realms = [Environment.Name.sandbox: Companies.sandboxRealm, .production: Companies.productionRealm]
        for environment in realms.keys { try await companies.saveApp(environment) }
        for (asked, answering) in [(Environment.Name.sandbox, Environment.Name.production), (.production, .sandbox)] {
            let (realm, foreign) = (try #require(realms[asked]), try #require(realms[answering]))
            let (own, state) = try await companies.consent(try newCompany(asked), asked, realmID: realm)
            let app = try #require(Companies.keys[answering])
            let code = try companies.sandbox.mintCode(
                clientID: app.clientID, realmID: foreign, redirectURI: Companies.redirectURI)
            let words = try await refusal {
                _ = try await companies.desk.credentials.finishConnect(
                    code: Secret(code), state: state, realmID: foreign, browser: Companies.browser, by: .command("pat"))
            }
            #expect(words.contains("does not accept this consent"), "\(words)")
            #expect(try await companies.storage.connections().allSatisfy { $0.company == nil && $0.grant == nil })
            let late = try await refusal {
                _ = try await companies.desk.credentials.finishConnect(
                    code: own, state: state, realmID: realm, browser: Companies.browser, by: .command("pat"))
            }
            #expect(!late.isEmpty, "the state is used up with the first answer")
        }
        // Each answer with its own state connects.
        let both = try await companies.connectBoth()
        #expect(both.sandbox != both.production)
    }
}
