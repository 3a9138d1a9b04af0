// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Foundation
import HTTPTransport
import HTTPTypes
import QuickBooks

/// The sandbox of a demo: its control calls, and its consent page used without a person.
struct DemoSandbox: Sendable {
    let address: String
    let transport: AsyncHTTPTransport
    /// Whether it enforces Intuit's request limits; the demo's own calls to a company then keep them too.
    var isThrottled = true

    struct App: Decodable, Sendable {
        let clientId: String
        let clientSecret: String
        let name: String
        let workspaceId: String

        /// `sandbox` for development keys, `production` for production keys.
        let environment: String

        var isDevelopment: Bool { environment != "production" }
        /// The word for these keys on the developer's pages.
        var keyWord: String { isDevelopment ? "Development" : "Production" }
        /// The prefix of paths for keys of this kind, by which the sandbox tells Intuit's two environments apart.
        var pathPrefix: String { isDevelopment ? "" : "/production" }
    }

    struct Workspace: Decodable, Sendable {
        let workspaceId: String
        let name: String
    }

    /// Somebody who can sign in; the password is a sample, which the sign-in page shows.
    struct User: Decodable, Sendable {
        let email: String
        let password: String
        let roles: [String: String]
    }

    struct Realm: Decodable, Sendable {
        let realmId: String
        let name: String
    }

    struct Status: Decodable, Sendable {
        let apps: [App]
        let realms: [Realm]
        let users: [User]
        let workspaces: [Workspace]
        let longestLateCommitSeconds: Double
    }

    func status() async throws -> Status { try decoded(try await control(.get, "status")) }

    /// The first company, and the first app's keys of one kind.
    func company(for keys: DemoKeys) async throws -> (App, Realm) {
        let status = try await status()
        guard let app = status.apps.first(where: { $0.isDevelopment == (keys == .development) }),
            let realm = status.realms.first
        else { throw CommandFailure("The sandbox has no app with \(keys) keys or no company.") }
        return (app, realm)
    }

    func now() async throws -> Date {
        struct Told: Decodable {
            let epochMilliseconds: Int64
        }
        let told: Told = try decoded(try await control(.get, "clock"))
        return Date(timeIntervalSince1970: TimeInterval(told.epochMilliseconds) / 1000)
    }

    /// Registers a redirect URI, also for production keys: Intuit asks https and a real domain for them, which this
    /// machine does not have.
    func registerRedirect(_ uri: String, clientID: String) async throws {
        struct Redirect: Encodable {
            let uri: String
            let localhost = true
        }
        _ = try await control(.post, "apps/\(clientID)/redirect-uris", Redirect(uri: uri))
    }

    func setThrottles(_ enabled: Bool) async throws { _ = try await control(.post, "throttles", ["enabled": enabled]) }

    func setMishaps(_ settings: MishapSettings) async throws { _ = try await control(.post, "mishaps", settings) }

    func advanceClock(seconds: Int) async throws { _ = try await control(.post, "clock/advance", ["seconds": seconds]) }

    /// A client for the company with a grant of its own, so that the books are read without Daybook.
    func client(_ app: App, _ realm: Realm) async throws -> QuickBooksClient {
        struct Grant: Decodable {
            let accessToken: String
        }
        let answer = try await control(.post, "grants", ["clientId": app.clientId, "realmId": realm.realmId])
        let grant: Grant = try decoded(answer)
        guard let base = URL(string: address + app.pathPrefix) else {
            throw CommandFailure("\(address) is no address.")
        }
        let token = AccessToken(grant.accessToken)
        let paced: any HTTPTransport = isThrottled ? PacedTransport(transport) : transport
        return QuickBooksClient(transport: paced, baseURL: base, realmID: realm.realmId) { token }
    }

    /// A refresh token as the Playground shows it, of a grant of its own.
    func refreshToken(_ app: App, _ realm: Realm) async throws -> String {
        struct Grant: Decodable {
            let refreshToken: String
        }
        let answer = try await control(.post, "grants", ["clientId": app.clientId, "realmId": realm.realmId])
        let grant: Grant = try decoded(answer)
        return grant.refreshToken
    }

    /// Presses Connect on the consent page and says where Intuit sends the browser.
    ///
    /// No person is signed in, so for that moment the sandbox treats every visitor as its first user.
    func consent(at page: URL, realm: Realm) async throws -> URL {
        try await setSignIn(isRequired: false)
        let back = try await pressConnect(on: page, realm)
        try await setSignIn(isRequired: true)
        return back
    }

    private func setSignIn(isRequired: Bool) async throws {
        _ = try await control(.post, "sign-in", ["required": isRequired])
    }

    private func pressConnect(on page: URL, _ realm: Realm) async throws -> URL {
        let shown = try await transport.send(
            TransportRequest(head: HTTPRequest(method: .get, url: page)), deadline: .seconds(10))
        guard shown.statusCode == 200 else {
            throw CommandFailure(
                "The consent page answered \(shown.statusCode); the redirect URI may not be registered.")
        }
        guard let decision = URL(string: "\(address)/connect/oauth2/decision"),
            let query = URLComponents(url: page, resolvingAgainstBaseURL: false)?.percentEncodedQuery
        else { throw CommandFailure("The consent page has no address.") }
        var head = HTTPRequest(method: .post, url: decision)
        head.headerFields[.contentType] = "application/x-www-form-urlencoded"
        let form = "\(query)&realmId=\(realm.realmId)&decision=connect"
        let answer = try await transport.send(
            TransportRequest(head: head, body: Array(form.utf8)), deadline: .seconds(10))
        guard let location = answer.head.headerFields[.location].flatMap(URL.init(string:)) else {
            throw CommandFailure("The consent page did not send the browser on (status \(answer.statusCode)).")
        }
        return location
    }

    private func control(
        _ method: HTTPRequest.Method, _ path: String, _ body: (any Encodable & Sendable)? = nil
    ) async throws -> TransportResponse {
        guard let url = URL(string: "\(address)/_sandbox/\(path)") else {
            throw CommandFailure("\(path) is not a path.")
        }
        var head = HTTPRequest(method: method, url: url)
        head.headerFields[.contentType] = "application/json"
        let bytes = try body.map { [UInt8](try JSONEncoder().encode($0)) } ?? []
        let answer = try await transport.send(TransportRequest(head: head, body: bytes), deadline: .seconds(30))
        guard answer.statusCode == 200 else {
            throw CommandFailure("The sandbox refused \(path): \(String(decoding: answer.body, as: UTF8.self))")
        }
        return answer
    }

    private func decoded<Value: Decodable>(_ answer: TransportResponse) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(answer.body))
    }
}

/// What goes wrong and how often, as the body of the sandbox's control call.
struct MishapSettings: Encodable, Sendable {
    let rates: [String: Double]
    let seed: UInt64
    let longestLateCommitSeconds: Double
    let longestLatencySeconds: Double
    let requestId: String

    static func all(seed: UInt64, requestIDs: String, longestLateCommit: Double) -> MishapSettings {
        let share = 0.03
        let names = [
            "answerDroppedAfterCommit", "droppedBeforeCommit", "committedLate", "error500BeforeCommit",
            "error500AfterCommit", "throttled429", "unavailable503HTML", "latency", "cutBody",
        ]
        return MishapSettings(
            rates: Dictionary(names.map { ($0, share) }, uniquingKeysWith: { first, _ in first }), seed: seed,
            longestLateCommitSeconds: longestLateCommit, longestLatencySeconds: 0.3, requestId: requestIDs)
    }

    static func none(longestLateCommit: Double) -> MishapSettings {
        MishapSettings(
            rates: [:], seed: 1, longestLateCommitSeconds: longestLateCommit, longestLatencySeconds: 0.3,
            requestId: "honoured")
    }
}
