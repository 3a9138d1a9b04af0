// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

/// A browser at a running server: it keeps cookies, and sends the forms of pages with their tokens.
final class PageVisitor {
    struct Answer {
        let status: Int
        let location: String
        let text: String
        let body: [UInt8]
        let fields: HTTPFields
    }

    private let origin: String
    private let transport: AsyncHTTPTransport
    private var cookies: [String: String] = [:]

    private init(_ origin: String, _ transport: AsyncHTTPTransport) {
        self.origin = origin
        self.transport = transport
    }

    static func with(_ origin: String, _ body: (PageVisitor) async throws -> Void) async throws {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
        do {
            try await body(PageVisitor(origin, AsyncHTTPTransport(client: client)))
        } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    func get(_ path: String, key: String? = nil) async throws -> Answer { try await send(.get, path, "", key: key) }

    /// Opens a page, fills its form in and sends it.
    ///
    /// - Parameter page: The page with the form; nil where it is at the form's own address.
    func submit(_ path: String, on page: String? = nil, _ fields: [String: String] = [:]) async throws -> Answer {
        let shown = try await get(page ?? path)
        guard let token = shown.text.firstMatch(of: /name="form-token" value="([^"]+)"/) else {
            throw CommandFailure("\(page ?? path) has no form (status \(shown.status)): \(shown.text)")
        }
        let plain = String(token.1).replacing("&#43;", with: "+").replacing("&#61;", with: "=")
        let all = fields.merging(["form-token": plain]) { mine, _ in mine }
        let form = all.map { "\(Spelling.urlEncoded.written($0))=\(Spelling.urlEncoded.written($1))" }
        return try await send(.post, path, form.joined(separator: "&"), key: nil)
    }

    private func send(
        _ method: HTTPRequest.Method, _ path: String, _ form: String, key: String?
    ) async throws -> Answer {
        guard let url = URL(string: origin + path) else { throw CommandFailure("\(path) is no path") }
        var head = HTTPRequest(method: method, url: url)
        head.headerFields[.authorization] = key.map { "Bearer \($0)" }
        if !cookies.isEmpty {
            head.headerFields[.cookie] = cookies.map { "\($0)=\($1)" }.joined(separator: "; ")
        }
        if method == .post {
            head.headerFields[.origin] = origin
            head.headerFields[.contentType] = "application/x-www-form-urlencoded"
        }
        let answer = try await transport.send(
            TransportRequest(head: head, body: Array(form.utf8)), deadline: .seconds(60))
        for text in answer.head.headerFields[values: .setCookie] {
            let pair = text.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1).map(String.init)
            if pair.count == 2 { cookies[pair[0]] = pair[1] }
        }
        return Answer(
            status: answer.statusCode, location: answer.head.headerFields[.location] ?? "",
            text: String(decoding: answer.body, as: UTF8.self), body: answer.body, fields: answer.head.headerFields)
    }
}
