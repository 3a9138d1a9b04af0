// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitOAuth
import IntuitSandbox
import Testing

/// A sandbox on a standing clock, an app, and a person who presses the buttons.
struct Desk {
    static let redirectURI = "http://localhost:8710/connection/callback"
    static let realmID = "9341453908059321"

    let sandbox: Sandbox
    let client: OAuthClient

    init(overlap: Int = 0) async throws {
        var options = SandboxOptions(clock: .stepped(from: Date(timeIntervalSince1970: 1_795_000_000)))
        options.lifetimes.overlap = overlap
        sandbox = Sandbox(options)
        let environment = try IntuitEnvironment(
            name: "desk",
            discoveryURL: try #require(URL(string: "http://localhost:8711/.well-known/openid_sandbox_configuration")),
            quickBooksURL: try #require(URL(string: "http://localhost:8711")))
        client = OAuthClient(
            transport: sandbox, discovery: try await OAuthClient.discover(environment, transport: sandbox),
            credentials: Self.keys(secret: SandboxApp.development.clientSecret))
    }

    static func keys(secret: String) -> ClientCredentials {
        ClientCredentials(clientID: SandboxApp.development.clientID, clientSecret: SecretString(secret))
    }

    func client(with credentials: ClientCredentials) -> OAuthClient {
        OAuthClient(transport: sandbox, discovery: client.discovery, credentials: credentials)
    }

    /// Opens the consent page as a browser does, fills in its form and follows the button.
    func consent(_ decision: String = "connect", state: String = "s 1&2") async throws -> AuthorizationRedirect {
        let page = try await send(.get, client.authorizationURL(redirectURI: Self.redirectURI, state: state))
        #expect(page.statusCode == 200)
        let html = String(decoding: page.body, as: UTF8.self)
        var fields = html.matches(of: /type="hidden" name="([^"]*)" value="([^"]*)"/).map { field in
            "\(field.1)=\(Self.encoded(String(field.2).replacing("&amp;", with: "&")))"
        }
        fields += ["realmId=\(Self.realmID)", "decision=\(decision)"]
        let action = try #require(html.firstMatch(of: /action="([^"]*)"/)).1
        let url = try #require(URL(string: "http://localhost:8711\(action)"))
        let answer = try await send(.post, url, body: fields.joined(separator: "&"))
        return try AuthorizationRedirect(parsing: try #require(answer.head.headerFields[.location]))
    }

    func grant() async throws -> TokenGrantResponse {
        guard case .granted(let code, _, _) = try await consent() else { throw ConsentRefused() }
        return try await client.exchange(code: code, redirectURI: Self.redirectURI)
    }

    private func send(_ method: HTTPRequest.Method, _ url: URL, body: String = "") async throws -> TransportResponse {
        let path = url.absoluteString.dropFirst("http://localhost:8711".count)
        var head = HTTPRequest(method: method, scheme: "http", authority: "localhost:8711", path: String(path))
        if !body.isEmpty { head.headerFields[.contentType] = "application/x-www-form-urlencoded" }
        return try await sandbox.send(TransportRequest(head: head, body: Array(body.utf8)), deadline: .seconds(8))
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}

struct ConsentRefused: Error {}
