// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Daybook
import DaybookStorage
import DaybookWeb
import Foundation
import HTTPTransport
import HTTPTypes

/// A running `daybook serve`, called through its API.
struct DaybookServer: Sendable {
    /// How a command found the server.
    enum Origin: Sendable {
        /// Found in the data folder, with the identity that it has to prove.
        case folder(ServerIdentity)
        /// A person named it; it may serve any data folder. With a key of its API, where people sign in.
        case named(key: Secret?)
        /// This process started it.
        case own
    }

    /// Such as `http://127.0.0.1:8710`.
    let address: String
    let origin: Origin
    private let client: HTTPClient
    private let transport: AsyncHTTPTransport

    /// For code that started the server itself.
    init(_ listen: ListenAddress) { self.init(address: "http://\(listen)", origin: .own) }

    init(address: String, origin: Origin) {
        self.address = address
        self.origin = origin
        var configuration = AsyncHTTPTransport.configuration()
        // Its certificate has the name that people use, not this machine's address. It proves its identity instead.
        if case .folder = origin { configuration = AsyncHTTPTransport.configurationWithoutVerification() }
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        transport = AsyncHTTPTransport(client: client)
    }

    func close() async throws { try await client.shutdown() }

    func get<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) async throws -> Value {
        try await json(.get, path, body: [], contentType: nil)
    }

    func send<Value: Decodable>(
        _ method: HTTPRequest.Method, _ path: String, _ body: some Encodable, as type: Value.Type = Value.self
    ) async throws -> Value {
        try await json(method, path, body: [UInt8](try JSONEncoder().encode(body)), contentType: "application/json")
    }

    /// Sends transactions as NDJSON.
    func post(_ transactions: [Transaction], query: String) async throws -> IntakeSummary {
        try await post(ndjson: NDJSON.bytes(transactions), query: query)
    }

    func post(ndjson: [UInt8], query: String) async throws -> IntakeSummary {
        try await json(.post, "/api/v1/transactions\(query)", body: ndjson, contentType: "application/x-ndjson")
    }

    /// Which Daybook it is, for the person who typed the command.
    var name: String {
        switch origin {
        case .named: "the Daybook at \(address), which you named"
        case .folder, .own: "the running Daybook at \(address)"
        }
    }

    /// Whether it answers at all.
    func isUp() async -> Bool {
        // Every failure means that it does not answer.
        (try? await get("/health", as: Health.self)) != nil
    }

    private struct Health: Decodable {
        let status: String
    }

    /// What keeps its storage from writing, in words; nil where nothing does, and where the server does not answer.
    func storageTrouble() async -> String? {
        struct Trouble: Decodable {
            let storage: String
            let detail: String
        }
        guard let answer = try? await call(.get, "/health"), answer.statusCode == 503 else { return nil }
        return (try? JSONDecoder().decode(Trouble.self, from: Data(answer.body)))?.detail
    }

    /// Its proof for a challenge; nil when the answer is not that of a Daybook.
    ///
    /// - Throws: When it does not answer, or not in time.
    func proof(of challenge: [UInt8]) async throws -> String? {
        struct Proof: Decodable {
            let proof: String
        }
        guard let url = URL(string: "\(address)/api/v1/identity?challenge=\(challenge.hex)") else { return nil }
        var head = HTTPRequest(method: .get, url: url)
        nameHost(in: &head)
        let answer = try await transport.send(TransportRequest(head: head), deadline: .seconds(10))
        // An answer of another form is not the answer of a Daybook.
        return try? JSONDecoder().decode(Proof.self, from: Data(answer.body)).proof
    }

    private func json<Value: Decodable>(
        _ method: HTTPRequest.Method, _ path: String, body: [UInt8], contentType: String?
    ) async throws -> Value {
        try decoded(Value.self, from: try await call(method, path, body: body, contentType: contentType))
    }

    /// The answer's content; throws its problem as the command's failure.
    func decoded<Value: Decodable>(_ type: Value.Type, from answer: TransportResponse) throws -> Value {
        guard (200..<300).contains(answer.statusCode) else { throw CommandFailure(Self.words(answer)) }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(Value.self, from: Data(answer.body))
    }

    /// Sends JSON and returns the whole answer, for a caller that needs its cookie.
    func answer(
        _ method: HTTPRequest.Method, _ path: String, _ body: some Encodable, cookie: String?
    ) async throws -> TransportResponse {
        try await call(
            method, path, body: [UInt8](try JSONEncoder().encode(body)), contentType: "application/json",
            cookie: cookie)
    }

    /// One call; the answer may have any status.
    func call(
        _ method: HTTPRequest.Method, _ path: String, body: [UInt8] = [], contentType: String? = nil,
        cookie: String? = nil
    ) async throws -> TransportResponse {
        var head = try head(method, path)
        if let contentType { head.headerFields[.contentType] = contentType }
        if let cookie { head.headerFields[.cookie] = cookie }
        do {
            return try await transport.send(TransportRequest(head: head, body: body), deadline: .seconds(120))
        } catch {
            throw CommandFailure("Daybook at \(address) does not answer: \(error)")
        }
    }

    /// One call whose answer is too large to be held whole.
    ///
    /// - Parameter take: Is given the bytes in pieces, in their order, and how many there will be in all, if that is
    ///   known.
    /// - Throws: ``CommandFailure`` when the server refuses or the answer is cut off, and what `take` throws.
    func download(_ path: String, take: ([UInt8], Int64?) throws -> Void) async throws {
        let answer: TransportResponse
        do {
            answer = try await transport.download(
                TransportRequest(head: try head(.get, path)), answeredWithin: .seconds(120), take: take)
        } catch let error as TransportError {
            throw CommandFailure("Daybook at \(address) does not answer, or not to the end: \(error)")
        }
        guard answer.statusCode == 200 else { throw CommandFailure(Self.words(answer)) }
    }

    private func head(_ method: HTTPRequest.Method, _ path: String) throws -> HTTPRequest {
        guard let url = URL(string: address + path) else { throw CommandFailure("\(path) is not a path.") }
        var head = HTTPRequest(method: method, url: url)
        if case .folder(let identity) = origin, let field = HTTPField.Name(ServerIdentity.headerName) {
            head.headerFields[field] = identity.name
            head.headerFields[.authorization] =
                "\(ServerIdentity.commandScheme) \(identity.commandToken.reveal())"
        }
        if case .named(let key?) = origin { head.headerFields[.authorization] = "Bearer \(key.reveal())" }
        nameHost(in: &head)
        return head
    }

    /// A server that listens on this machine's address in the network knows itself by its public name, which a command
    /// need not know; programs of this machine may always call it localhost.
    private func nameHost(in head: inout HTTPRequest) {
        guard case .folder = origin, let host = URL(string: address)?.host(), !Loopback.isLoopback(host: host) else {
            return
        }
        if let field = HTTPField.Name("Host") { head.headerFields[field] = "localhost" }
    }

    private struct Problem: Decodable {
        struct Item: Decodable {
            let line: Int?
            let field: String
            let value: String
            let remedy: String
        }

        let title: String?
        let detail: String?
        let problems: [Item]?
    }

    private static func words(_ answer: TransportResponse) -> String {
        guard let problem = try? JSONDecoder().decode(Problem.self, from: Data(answer.body)) else {
            return "Daybook answered \(answer.statusCode)."  // without a problem document only the status is known
        }
        let lines = (problem.problems ?? []).prefix(50).map {
            IntakeProblem(line: $0.line, field: $0.field, value: $0.value, remedy: $0.remedy).message
        }
        // This title adds nothing to the detail.
        let title = problem.title == "This can't be done" ? nil : problem.title
        return ([[title, problem.detail].compactMap(\.self).joined(separator: ". ")] + lines)
            .joined(separator: "\n  ")
    }
}

/// The answer to a batch of transactions.
struct IntakeSummary: Decodable, Sendable {
    struct Problem: Decodable, Sendable {
        let line: Int?
        let field: String
        let value: String
        let remedy: String
    }

    let recorded: Int
    let repeated: Int
    let notTaken: Int
    private let problems: [Problem]

    /// The lines whose transactions are there already with other content.
    var conflicts: [Int] { problems.filter(\.isConflict).compactMap(\.line) }

    /// What only the server knows to be wrong, such as a store that the key is not for; what is sent was read here first.
    var mistakes: [Problem] { problems.filter { !$0.isConflict } }
}

extension IntakeSummary.Problem {
    fileprivate var isConflict: Bool { field == "id" }
}
