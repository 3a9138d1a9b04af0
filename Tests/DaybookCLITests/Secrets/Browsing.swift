// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

/// A browser and a program at Daybook's port; all they are answered is evidence.
final class Browsing {
    private let hoard: Hoard
    private let transport: AsyncHTTPTransport
    /// The address that people use.
    let origin: String
    private var cookies: [String: String] = [:]
    private var formToken = ""
    /// The page whose form's token is taken where none is known.
    var firstForm = "/account-numbers/settings"

    convenience init(_ fixture: ProgramsFixture, _ hoard: Hoard) {
        self.init(fixture.sandbox.transport, port: fixture.listen.port, hoard)
    }

    init(_ transport: AsyncHTTPTransport, port: Int, _ hoard: Hoard) {
        self.hoard = hoard
        self.transport = transport
        origin = "http://localhost:\(port)"
    }

    /// Another browser, or one whose cookies were thrown away.
    func forgetCookies() {
        cookies = [:]
        formToken = ""
    }

    func carry(_ cookie: String, _ value: String) { cookies[cookie] = value }

    @discardableResult
    func get(_ path: String, at origin: String? = nil) async throws -> TransportResponse {
        try await send(.get, path, [], nil, at: origin)
    }

    /// Sends a form of Daybook's own page.
    @discardableResult
    func post(_ path: String, _ fields: [String: String] = [:]) async throws -> TransportResponse {
        if formToken.isEmpty { try await get(firstForm) }
        let all = fields.merging(["form-token": formToken]) { mine, _ in mine }
        let body = all.map { "\(Spelling.urlEncoded.written($0))=\(Spelling.urlEncoded.written($1))" }
        let answer = try await send(
            .post, path, Array(body.joined(separator: "&").utf8), "application/x-www-form-urlencoded", at: nil)
        // A form that is refused as foreign plants no secret, so that the test would search for nothing.
        guard answer.statusCode != 403 || fields["form-token"] != nil else { throw CommandFailure("403 at \(path)") }
        return answer
    }

    /// Sends JSON as a program does.
    @discardableResult
    func call(
        _ method: HTTPRequest.Method, _ path: String, _ body: [String: String], raw: String? = nil,
        authorization: String? = nil
    ) async throws -> TransportResponse {
        let bytes = try raw.map { Array($0.utf8) } ?? [UInt8](JSONEncoder().encode(body))
        return try await send(method, path, bytes, "application/json", at: nil, authorization: authorization)
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8], _ type: String?, at other: String?,
        authorization: String? = nil
    ) async throws -> TransportResponse {
        guard let url = URL(string: (other ?? origin) + path) else { throw CommandFailure("\(path) is no path") }
        var head = HTTPRequest(method: method, url: url)
        if let type { head.headerFields[.contentType] = type }
        head.headerFields[.authorization] = authorization
        let isProgram = path.hasPrefix("/api/")
        if method != .get, !isProgram { head.headerFields[.origin] = origin }
        if !cookies.isEmpty {
            head.headerFields[.cookie] = cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
        }
        let answer = try await transport.send(TransportRequest(head: head, body: body), deadline: .seconds(60))
        keep(answer, "\(method.rawValue) \(path.prefix { $0 != "?" })", isProgram: isProgram)
        return answer
    }

    private func keep(_ answer: TransportResponse, _ name: String, isProgram: Bool) {
        for field in answer.head.headerFields {
            let isCookie = field.name == .setCookie
            if isCookie { take(cookie: field.value) }
            hoard.keep(isCookie ? .setCookie : .header, "\(field.name) of \(name)", field.value)
        }
        let text = String(decoding: answer.body, as: UTF8.self)
        // Every form of the page has it.
        if let match = text.firstMatch(of: /name="form-token" value="([^"]+)"/) {
            formToken = String(match.1).replacing("&#43;", with: "+").replacing("&#61;", with: "=")
            hoard.learn(.formToken, name, formToken)
        }
        if let match = text.firstMatch(of: /[?&;]state=([0-9a-f]{32})/) {
            hoard.learn(.state, name, String(match.1))
        }
        if let match = text.firstMatch(of: /dbwh_[A-Za-z0-9_\-]+/) {
            hoard.learn(.webhookSecret, name, String(match.0))
        }
        hoard.learnPeoples(from: text, name)
        hoard.keep(name == "GET /metrics" ? .metrics : isProgram ? .answer : .page, name, answer.body)
    }

    private func take(cookie text: String) {
        let pair = text.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
        guard pair.count == 2 else { return }
        cookies[pair[0]] = pair[1]
        if pair[0].hasSuffix("daybook_session"), !pair[1].isEmpty { hoard.learn(.session, "a session", pair[1]) }
        if pair[0].hasSuffix("daybook_browser") { hoard.learn(.browserCookie, "the browser's cookie", pair[1]) }
    }
}
