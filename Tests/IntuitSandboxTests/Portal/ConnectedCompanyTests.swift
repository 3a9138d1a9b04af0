// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Connected companies")
struct ConnectedCompanyTests {
    let caller = SandboxCaller()

    @Test("Each app, company and user is listed once, since the first consent that was not revoked")
    func list() async throws {
        #expect(caller.sandbox.connectedCompanies.isEmpty)
        _ = try caller.grant()
        caller.sandbox.advance(by: .seconds(60))
        _ = try caller.grant()
        _ = try caller.grant(.production)
        let found = caller.sandbox.connectedCompanies
        #expect(found.map(\.clientID) == [SandboxApp.development.clientID, SandboxApp.production.clientID])
        #expect(found.map(\.since) == [startOfTests, startOfTests.addingTimeInterval(60)])
        #expect(found.allSatisfy { $0.appName == "Daybook" && $0.realmID == rentalRealm && !$0.hasExpired })
        #expect(found[0].userID == caller.sandbox.users[0].userID)
    }

    @Test("A connection that expired unused is still listed, as expired; a sign-in alone is not")
    func expired() async throws {
        _ = try caller.grant()
        _ = try caller.sandbox.mintGrant(
            clientID: SandboxApp.development.clientID, realmID: emptyRealm, scopes: ["openid"])
        caller.sandbox.advance(by: .seconds(8_726_400))
        #expect(caller.sandbox.connectedCompanies.map(\.hasExpired) == [true])
        _ = try caller.grant()
        #expect(caller.sandbox.connectedCompanies.map(\.hasExpired) == [false], "connected anew")
    }

    @Test("Disconnect ends every grant of these keys for this company, and leads to the Disconnect URL")
    func disconnect() async throws {
        let clientID = SandboxApp.development.clientID
        let mine = [try caller.grant(), try caller.grant()]
        let others = try caller.grant(.production)
        let elsewhere = try caller.sandbox.mintGrant(clientID: clientID, realmID: emptyRealm)
        #expect(try caller.sandbox.disconnect(realmID: rentalRealm, clientID: clientID) == nil)
        for grant in mine {
            #expect(try await caller.refresh(grant.refreshToken).statusCode == 400)
            #expect(try await caller.api(.get, "companyinfo/1", token: grant.accessToken).statusCode == 403)
        }
        #expect(try await caller.refresh(others.refreshToken, app: .production).statusCode == 200)
        #expect(try await caller.refresh(elsewhere.refreshToken).statusCode == 200)

        let urls = SandboxAppURLs(disconnect: "http://localhost:8710/connection/disconnected?from=qbo")
        try caller.sandbox.setURLs(urls, clientID: clientID)
        let body = "{\"clientId\":\"\(clientID)\",\"realmId\":\"\(emptyRealm)\"}"
        #expect(
            try await caller.control("disconnect", body).string("landing")
                == "http://localhost:8710/connection/disconnected?from=qbo&realmId=\(emptyRealm)")
        let again = try await caller.control("disconnect", body)
        #expect(again.statusCode == 400)
        #expect(again.text.contains("not connected"))
    }

    @Test("The status shows people, apps, connections and grants, and of a token nothing that would work")
    func status() async throws {
        let grant = try caller.grant()
        let code = try caller.sandbox.mintCode(
            clientID: SandboxApp.development.clientID, realmID: rentalRealm,
            redirectURI: SandboxApp.presetRedirectURIs[0])
        let answer = try await caller.send(.get, "/_sandbox/status")
        for secret in [grant.refreshToken, grant.accessToken, code, String(grant.refreshToken.suffix(20))] {
            #expect(!answer.text.contains(secret))
        }
        let status = try answer.object()
        let grants = try #require(status["grants"] as? [[String: Any]])
        #expect(grants.map { $0["state"] as? String } == ["live"])
        #expect((grants[0]["refreshTokenPrefix"] as? String)?.hasPrefix("RT1-0-H0-") == true)
        #expect((status["users"] as? [[String: Any]])?.count == 2)
        #expect((status["connectedCompanies"] as? [[String: Any]])?.count == 1)
        let apps = try #require(status["apps"] as? [[String: Any]])
        #expect(
            apps.map { $0["name"] as? String } == ["Daybook", "Daybook"]
                + Array(repeating: "Old rental integration", count: 2))
    }
}
