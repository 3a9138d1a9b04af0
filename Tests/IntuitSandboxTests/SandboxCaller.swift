// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

let rentalRealm = "9341453908059321"
let emptyRealm = "9341453908059322"
let startOfTests = Date(timeIntervalSince1970: 1_795_000_000)

/// A sandbox on a stepped clock, called as a client on the network would.
struct SandboxCaller {
    let sandbox: Sandbox
    var base = "http://127.0.0.1:8711"

    init(_ change: (inout SandboxOptions) -> Void = { _ in }) {
        var options = SandboxOptions(clock: .stepped(from: startOfTests))
        change(&options)
        sandbox = Sandbox(options)
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: [String: String] = [:], body: String = "",
        deadline: Duration = .seconds(60)
    ) async throws -> TransportResponse {
        let url = try #require(URL(string: base + path))
        let host = try #require(url.host())
        var head = HTTPRequest(
            method: method, scheme: url.scheme, authority: url.port.map { "\(host):\($0)" } ?? host,
            path: String((base + path).dropFirst("\(url.scheme ?? "")://\(host)".count + portLength(url))))
        for (name, value) in headers { head.headerFields[try #require(HTTPField.Name(name))] = value }
        return try await sandbox.send(TransportRequest(head: head, body: Array(body.utf8)), deadline: deadline)
    }

    private func portLength(_ url: URL) -> Int { url.port.map { "\($0)".count + 1 } ?? 0 }

    func form(
        _ path: String, _ fields: [(String, String)], headers: [String: String] = [:]
    ) async throws -> TransportResponse {
        var all = headers
        all["Content-Type"] = "application/x-www-form-urlencoded"
        let body = fields.map { "\($0)=\(encoded($1))" }.joined(separator: "&")
        return try await send(.post, path, headers: all, body: body)
    }

    func token(
        _ fields: [(String, String)], app: SandboxApp = .development, headers: [String: String] = [:]
    ) async throws -> TransportResponse {
        var all = headers
        all["Authorization"] = basic(app)
        return try await form("/oauth2/v1/tokens/bearer", fields, headers: all)
    }

    func refresh(_ token: String, app: SandboxApp = .development) async throws -> TransportResponse {
        try await self.token([("grant_type", "refresh_token"), ("refresh_token", token)], app: app)
    }

    func api(
        _ method: HTTPRequest.Method, _ path: String, token: String, realm: String = rentalRealm, body: String = ""
    ) async throws -> TransportResponse {
        try await send(
            method, "/v3/company/\(realm)/\(path)",
            headers: [
                "Authorization": "Bearer \(token)", "Accept": "application/json", "Content-Type": "application/json",
            ], body: body)
    }

    func control(_ path: String, _ body: String) async throws -> TransportResponse {
        try await send(.post, "/_sandbox/\(path)", body: body)
    }

    func grant(_ app: SandboxApp = .development) throws -> SandboxGrant {
        try sandbox.mintGrant(clientID: app.clientID, realmID: rentalRealm)
    }
}

func basic(_ app: SandboxApp) -> String {
    "Basic \(Data("\(app.clientID):\(app.clientSecret)".utf8).base64EncodedString())"
}

func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? text
}

extension TransportResponse {
    var text: String { String(decoding: body, as: UTF8.self) }

    func header(_ name: String) throws -> String? { head.headerFields[try #require(HTTPField.Name(name))] }

    /// The JSON object of the body.
    func object() throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any])
    }

    func string(_ name: String) throws -> String { try #require(try object()[name] as? String) }
    func int(_ name: String) throws -> Int { try #require(try object()[name] as? Int) }

    /// The query fields of the address this response leads to.
    func redirectFields() throws -> [String: String] {
        let location = try #require(try header("Location"))
        let items = try #require(URLComponents(string: location)?.queryItems)
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
    }
}
