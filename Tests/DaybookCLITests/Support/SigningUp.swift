// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

/// A browser in which somebody opens a one-time link of a running server.
struct SigningUp {
    let origin: String

    /// Chooses a name and a password.
    ///
    /// - Returns: The status that the form was answered with.
    func use(_ link: String, name: String) async throws -> Int {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
        let outcome: Result<Int, any Error>
        do {
            outcome = .success(try await use(link, name, AsyncHTTPTransport(client: client)))
        } catch {
            outcome = .failure(error)
        }
        try await client.shutdown()
        return try outcome.get()
    }

    private func use(_ link: String, _ name: String, _ transport: AsyncHTTPTransport) async throws -> Int {
        var cookies: [String] = []
        func send(_ method: HTTPRequest.Method, _ address: String, _ form: String = "") async throws -> (Int, String) {
            guard let url = URL(string: address) else { throw CommandFailure("\(address) is no address") }
            var head = HTTPRequest(method: method, url: url)
            head.headerFields[.cookie] = cookies.joined(separator: "; ")
            if method == .post {
                head.headerFields[.origin] = origin
                head.headerFields[.contentType] = "application/x-www-form-urlencoded"
            }
            let answer = try await transport.send(
                TransportRequest(head: head, body: Array(form.utf8)), deadline: .seconds(60))
            cookies += answer.head.headerFields[values: .setCookie].map { String($0.prefix { $0 != ";" }) }
            return (answer.statusCode, String(decoding: answer.body, as: UTF8.self))
        }
        _ = try await send(.get, link)
        let (_, page) = try await send(.get, origin + "/link")
        guard let token = page.firstMatch(of: /name="form-token" value="([^"]+)"/) else {
            throw CommandFailure("the link's page has no form: \(page)")
        }
        let plain = String(token.1).replacing("&#43;", with: "+").replacing("&#61;", with: "=")
            .replacing("+", with: "%2B")
        let password = "seven+blue+tractors"
        return try await send(
            .post, origin + "/link", "name=\(name)&password=\(password)&repeated=\(password)&form-token=\(plain)"
        ).0
    }
}
