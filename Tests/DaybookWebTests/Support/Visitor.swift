// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Synchronization

/// A browser: it keeps cookies, says where it comes from and follows forms.
final class Visitor: Sendable {
    private let client: any TestClientProtocol
    private let jar = Mutex<[String: String]>([:])
    let origin = "http://localhost"

    init(_ client: any TestClientProtocol) { self.client = client }

    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let text: String

        /// What a reader sees: no tags, entities resolved.
        var words: String {
            text.replacing(/<head>[\s\S]*?<\/head>/, with: "").replacing(/<[^>]*>/, with: " ")
                .replacing("&quot;", with: "\"").replacing("&#39;", with: "'").replacing("&lt;", with: "<")
                .replacing("&gt;", with: ">").replacing("&amp;", with: "&").replacing(/\s+/, with: " ")
        }

        var formToken: String {
            text.firstMatch(of: /name="form-token" value="([^"]*)"/).map { String($0.1) } ?? ""
        }

        var location: String? { headers[.location] }

        func json() throws -> [String: Any] {
            try present(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        }
    }

    var cookies: [String: String] { jar.withLock { $0 } }

    func carry(_ cookie: String, _ value: String?) { jar.withLock { $0[cookie] = value } }

    func forgetCookies() { jar.withLock { $0 = [:] } }

    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: String? = nil
    ) async throws -> Answer {
        var headers = headers
        let cookies = jar.withLock { $0.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: "; ") }
        if !cookies.isEmpty { headers[.cookie] = cookies }
        let response = try await client.execute(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        keep(response.headers[values: .setCookie])
        return Answer(status: response.status.code, headers: response.headers, text: String(buffer: response.body))
    }

    func open(_ path: String) async throws -> Answer { try await send(.get, path) }

    /// Follows redirects to pages of this site.
    func follow(_ answer: Answer) async throws -> Answer {
        var answer = answer
        while (300..<400).contains(answer.status), let location = answer.location { answer = try await open(location) }
        return answer
    }

    /// Fills in a form of the page at `page` and sends it to `action`.
    func submit(_ action: String, from page: String, _ fields: [(String, String)] = []) async throws -> Answer {
        let token = try await open(page).formToken
        return try await post(action, [("form-token", token)] + fields)
    }

    func post(
        _ path: String, _ fields: [(String, String)], headers: HTTPFields? = nil
    ) async throws -> Answer {
        let body = fields.map { "\(Self.encoded($0.0))=\(Self.encoded($0.1))" }.joined(separator: "&")
        var headers = headers ?? [.origin: origin]
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await send(.post, path, headers: headers, body: body)
    }

    /// Sends a file by the form of the page Files; without a name, the form without a file.
    func upload(_ fileName: String, _ content: String) async throws -> Answer {
        let token = try await open("/files").formToken
        let boundary = "----daybook-test"
        let body = """
            --\(boundary)\r
            Content-Disposition: form-data; name="form-token"\r
            \r
            \(token)\r
            --\(boundary)\r
            Content-Disposition: form-data; name="file"; filename="\(fileName)"\r
            Content-Type: application/octet-stream\r
            \r
            \(content)\r
            --\(boundary)--\r

            """
        let headers: HTTPFields = [.origin: origin, .contentType: "multipart/form-data; boundary=\(boundary)"]
        return try await send(.post, "/files", headers: headers, body: body)
    }

    func call(
        _ method: HTTPRequest.Method, _ path: String, json: String, type: String = "application/json"
    ) async throws -> Answer {
        try await send(method, path, headers: [.contentType: type], body: json)
    }

    private func keep(_ fields: [String]) {
        for field in fields {
            guard let pair = field.split(separator: ";").first, let equals = pair.firstIndex(of: "=") else { continue }
            let value = String(pair[pair.index(after: equals)...])
            let isOver = field.contains("Max-Age=0")
            jar.withLock { $0[String(pair[..<equals])] = isOver ? nil : value }
        }
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
