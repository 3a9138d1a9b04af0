// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Apps and their keys")
struct AppKeyTests {
    let caller = SandboxCaller()
    private static let development = SandboxApp.development.clientID
    private static let production = SandboxApp.production.clientID

    private func refresh(_ token: String, secret: String) async throws -> Int {
        let header = Data("\(Self.development):\(secret)".utf8).base64EncodedString()
        return try await caller.form(
            "/oauth2/v1/tokens/bearer", [("grant_type", "refresh_token"), ("refresh_token", token)],
            headers: ["Authorization": "Basic \(header)"]
        ).statusCode
    }

    @Test("A rotated secret works, the old one beside it only if kept, and a grant survives the rotation")
    func secretRotation() async throws {
        let token = try caller.grant().refreshToken
        let old = SandboxApp.development.clientSecret
        let new = try caller.sandbox.rotateSecret(clientID: Self.development, keepPrevious: true)
        #expect(try await refresh(token, secret: old) == 200)
        #expect(try await refresh(token, secret: new) == 200)
        try caller.sandbox.dropPreviousSecret(clientID: Self.development)
        #expect(try await refresh(token, secret: old) == 401)
        #expect(try await refresh(token, secret: new) == 200)

        let answer = try await caller.control("apps/\(Self.development)/secret", "{}")
        let newest = try answer.string("clientSecret")
        #expect(try await refresh(token, secret: new) == 401, "rotated without keeping it")
        #expect(try await refresh(token, secret: newest) == 200)
        #expect(caller.sandbox.apps.first?.previousSecret == nil)
    }

    @Test(
        "By a control call that asks for it, production keys take localhost too, and nothing else that Intuit refuses")
    func productionOnThisMachine() async throws {
        let path = "apps/\(Self.production)/redirect-uris"
        let uri = "http://localhost:9000/connection/callback"
        let refused = try await caller.control(path, #"{"uri": "\#(uri)"}"#)
        #expect(refused.statusCode == 400, "as Intuit refuses it")
        _ = try await caller.control(path, #"{"uri": "\#(uri)", "localhost": true}"#)
        #expect(caller.sandbox.apps.first { $0.clientID == Self.production }?.redirectURIs.contains(uri) == true)
        let address = try await caller.control(path, #"{"uri": "http://127.0.0.1:9000/back", "localhost": true}"#)
        #expect(address.statusCode == 400)
    }

    @Test(
        "Production keys take https and a real domain alone; development keys take localhost too",
        arguments: [
            ("https://books.example.com/connection/callback", true, true),
            ("https://books.example.com:8443/callback?a=b", true, true),
            ("http://localhost:8720/connection/callback", true, false),
            ("http://localhost/back", true, false), ("https://localhost/back", true, false),
            ("http://books.example.com/back", false, false), ("http://127.0.0.1:8710/back", false, false),
            ("https://127.0.0.1/back", false, false), ("https://[::1]/back", false, false),
            ("https://192.168.1.20/back", false, false), ("https://server/back", false, false),
            ("https://books.local/back", false, false), ("https://books.example.com/a b", false, false),
            ("https://books.example.com/back#top", false, false), ("https://*.example.com/back", false, false),
            ("ftp://books.example.com/back", false, false), ("books.example.com/back", false, false),
            ("https://", false, false), ("https://user@books.example.com/", false, false),
            ("https://books.example.com:port/", false, false), ("https://bücher.example/back", false, false),
        ])
    func redirectURIs(uri: String, development: Bool, production: Bool) throws {
        for (clientID, isTaken) in [(Self.development, development), (Self.production, production)] {
            if isTaken {
                try caller.sandbox.registerRedirectURI(uri, clientID: clientID)
                #expect(caller.sandbox.apps.first { $0.clientID == clientID }?.redirectURIs.contains(uri) == true)
            } else {
                let error = #expect(throws: SandboxError.self) {
                    try caller.sandbox.registerRedirectURI(uri, clientID: clientID)
                }
                #expect(error?.description.contains("Redirect URI") == true)
                #expect(uri.isEmpty || error?.description.contains(uri) == true)
            }
        }
    }

    @Test("A redirect URI that was removed is refused by the consent page from then on")
    func removed() async throws {
        let uri = SandboxApp.presetRedirectURIs[0]
        let question =
            "/connect/oauth2?client_id=\(Self.development)&response_type=code&state=s"
            + "&scope=com.intuit.quickbooks.accounting&redirect_uri=\(encoded(uri))"
        #expect(try await caller.send(.get, question).statusCode == 200)
        let body = "{\"uri\":\"\(uri)\",\"remove\":true}"
        #expect(try await caller.control("apps/\(Self.development)/redirect-uris", body).statusCode == 200)
        #expect(try await caller.send(.get, question).statusCode == 400)
        #expect(try await caller.control("apps/\(Self.development)/redirect-uris", body).statusCode == 400)
    }

    @Test("App URLs are set as a whole and by the same rule")
    func urls() async throws {
        let path = "apps/\(Self.development)/urls"
        let answer = try await caller.control(
            path, "{\"hostDomain\":\"books.example.com\",\"reconnect\":\"http://localhost:8710/connection\"}")
        #expect(answer.statusCode == 200)
        let urls = caller.sandbox.apps[0].urls
        #expect(urls.hostDomain == "books.example.com")
        #expect(urls.reconnect == "http://localhost:8710/connection")
        #expect(urls.launch == nil)
        for (body, part) in [
            ("{\"launch\":\"http://10.0.0.1/\"}", "Launch URL"), ("{\"disconnect\":\"nowhere\"}", "Disconnect URL"),
            ("{\"hostDomain\":\"https://books.example.com\"}", "Host domain"),
        ] {
            let refused = try await caller.control(path, body)
            #expect(refused.statusCode == 400)
            #expect(try refused.string("error").contains(part))
        }
        #expect(caller.sandbox.apps[0].urls == urls)
    }

    @Test("A new app has two new sets of keys, takes the Playground, and asks only for the scopes it was given")
    func newApp() async throws {
        let answer = try await caller.control(
            "apps", "{\"name\":\"Counter\",\"scopes\":[\"com.intuit.quickbooks.accounting\"]}")
        let appID = try answer.string("appId")
        let registration = try #require(caller.sandbox.registrations.first { $0.appID == appID })
        #expect(registration.name == "Counter")
        let keys = caller.sandbox.apps.filter { $0.appID == appID }
        #expect(keys.map(\.environment) == [.sandbox, .production])
        #expect(keys.allSatisfy { $0.redirectURIs == [SandboxApp.playgroundRedirectURI] })
        let question =
            "/connect/oauth2?client_id=\(keys[0].clientID)&response_type=code&state=s&scope=%@"
            + "&redirect_uri=\(encoded(SandboxApp.playgroundRedirectURI))"
        func ask(_ scope: String) async throws -> Int {
            try await caller.send(.get, question.replacing("%@", with: scope)).statusCode
        }
        #expect(try await ask("com.intuit.quickbooks.accounting%20openid") == 200)
        #expect(try await ask("com.intuit.quickbooks.payment") == 302, "sent back with invalid_scope")

        for (body, part) in [
            ("{\"name\":\" \"}", "name"), ("{\"name\":\"A\",\"workspaceId\":\"x\"}", "workspaceId x"),
            ("{\"name\":\"A\",\"scopes\":[\"all\"]}", "Scope all"), ("{\"name\":\"A\",\"scopes\":\"all\"}", "list"),
        ] {
            let refused = try await caller.control("apps", body)
            #expect(refused.statusCode == 400)
            #expect(try refused.string("error").contains(part), "\(refused.text)")
        }
    }

    @Test("The two seeded apps lie in the sample workspace and in the owner's own")
    func workspaces() throws {
        let sandbox = caller.sandbox
        #expect(sandbox.workspaces.map(\.name) == ["Sample workspace", "Dana Rivers", "Lee Marsh"])
        #expect(sandbox.registrations.map(\.name) == ["Daybook", "Old rental integration"])
        #expect(
            sandbox.registrations.map(\.workspaceID) == [
                sandbox.workspaces[0].workspaceID, sandbox.workspaces[1].workspaceID,
            ])
        #expect(sandbox.registrations[0].clientID(in: .production) == Self.production)
        #expect(sandbox.apps.prefix(2) == [.development, .production])
    }
}
