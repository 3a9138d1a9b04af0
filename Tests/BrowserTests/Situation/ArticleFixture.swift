// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Foundation
import HTTPTransport
import HTTPTypes
import QuickBooks

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The situation of `make article`, by the real programs.
final class ArticleFixture: Sendable {
    /// The line that `daybook demo --article --json` prints once all is as the article has it.
    struct Situation: Decodable, Sendable {
        let daybook: String
        let sandbox: String
        let email: String
        let password: String
        let company: String
        let realmId: String
        let workspace: String
        let app: String
        let clientId: String
        let quickBooks: String
        let exported: Int
        let waiting: Int
        let errors: Int
        let administrator: Administrator

        /// The sample administrator, and a key for programs.
        struct Administrator: Decodable, Sendable {
            let name: String
            let password: String
            let seed: String
            let key: String
        }

        init?(line: String) {
            // Other lines are skipped; the first one that can be read is taken.
            guard let read = try? JSONDecoder().decode(Self.self, from: Data(line.utf8)) else { return nil }
            self = read
        }
    }

    let situation: Situation
    private let process: BackgroundProgram
    private let client: HTTPClient
    private let transport: AsyncHTTPTransport

    /// - Parameter keys: `production` or `development`.
    static func with(_ folder: URL, keys: String, _ body: (ArticleFixture) async throws -> Void) async throws {
        let fixture = try await ArticleFixture(folder, keys)
        do {
            try await body(fixture)
        } catch {
            try await fixture.close()
            throw error
        }
        try await fixture.close()
    }

    private init(_ folder: URL, _ keys: String) async throws {
        let started = try await BackgroundProgram.start(
            try Installed.product("daybook"), ["demo", "--article", "--json", "--keys", keys], ["TMPDIR": folder.path],
            errors: folder.appending(path: "demo.err"), until: Situation.init)
        process = started.0
        situation = started.1
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
        transport = AsyncHTTPTransport(client: client)
    }

    private func close() async throws {
        await process.end(with: SIGTERM)
        try await client.shutdown()
    }

    /// What the programs take the time to be.
    func now() async throws -> Date {
        struct Told: Decodable {
            let epochMilliseconds: Int64
        }
        let told: Told = try await json(.get, "\(situation.sandbox)/_sandbox/clock")
        return Date(timeIntervalSince1970: TimeInterval(told.epochMilliseconds) / 1_000)
    }

    /// Half a minute later, an authenticator app shows another code.
    func waitForAnotherCode() async throws {
        struct Turned: Decodable {}
        let _: Turned = try await json(.post, "\(situation.sandbox)/_sandbox/clock/advance", ["seconds": 30])
    }

    /// What Daybook answers a program with this key.
    func status(_ method: HTTPRequest.Method, _ path: String, key: String?, body: String = "") async throws -> Int {
        guard let url = URL(string: situation.daybook + path) else { throw NoAddress(text: path) }
        var head = HTTPRequest(method: method, url: url)
        head.headerFields[.contentType] = "application/json"
        head.headerFields[.authorization] = key.map { "Bearer \($0)" }
        return try await transport.send(TransportRequest(head: head, body: Array(body.utf8)), deadline: .seconds(30))
            .statusCode
    }

    /// The ids of all exports that Daybook has, by state.
    func exports() async throws -> [String: [String]] {
        struct Page: Decodable {
            struct Export: Decodable {
                let id: String
                let state: String
            }
            let exports: [Export]
        }
        let page: Page = try await json(.get, "\(situation.daybook)/api/v1/exports?pageSize=500")
        return Dictionary(grouping: page.exports, by: \.state).mapValues { $0.map(\.id) }
    }

    /// Looks at the counts again and again, each time as soon as the last look was answered, until that many are
    /// Exported or five minutes are over; a machine that runs all tests at once is slow.
    func untilExported(_ count: Int) async throws -> [String: [String]] {
        struct Counts: Decodable {
            let counts: [String: Int]
        }
        let limit = ContinuousClock.now + .seconds(300)
        while ContinuousClock.now < limit {
            let now: Counts = try await json(.get, "\(situation.daybook)/api/v1/exports/counts")
            if now.counts["exported", default: 0] >= count { break }
        }
        return try await exports()
    }

    /// Daybook's documents in the company's books: how often each marker is there.
    func books() async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for entry in try await entries() { if let marker = Self.marker(entry) { counts[marker, default: 0] += 1 } }
        return counts
    }

    /// The markers in the order in which QuickBooks booked them.
    func bookedOrder() async throws -> [String] {
        try await entries().sorted { Int($0.id ?? "") ?? 0 < Int($1.id ?? "") ?? 0 }.compactMap(Self.marker)
    }

    /// All journal entries, read with a grant of the judge's own.
    private func entries() async throws -> [JournalEntry] {
        struct Grant: Decodable {
            let accessToken: String
        }
        let grant: Grant = try await json(
            .post, "\(situation.sandbox)/_sandbox/grants",
            ["clientId": situation.clientId, "realmId": situation.realmId])
        let token = AccessToken(grant.accessToken)
        guard let base = URL(string: situation.quickBooks) else { throw NoAddress(text: situation.quickBooks) }
        let books = QuickBooksClient(transport: transport, baseURL: base, realmID: situation.realmId) { token }
        return try await books.query(QueryText(JournalEntry.self).ordered(by: .id).page(from: 1, size: 1000)).items
    }

    private static func marker(_ entry: JournalEntry) -> String? {
        guard let note = entry.privateNote, note.hasPrefix("Daybook ") else { return nil }
        return String(note.dropFirst("Daybook ".count).prefix { $0 != " " && $0 != "/" })
    }

    private func json<Value: Decodable>(
        _ method: HTTPRequest.Method, _ address: String, _ body: (some Encodable)? = [String: String]?.none
    ) async throws -> Value {
        guard let url = URL(string: address) else { throw NoAddress(text: address) }
        var head = HTTPRequest(method: method, url: url)
        head.headerFields[.contentType] = "application/json"
        if address.hasPrefix(situation.daybook) {
            head.headerFields[.authorization] = "Bearer \(situation.administrator.key)"
        }
        let bytes = try body.map { [UInt8](try JSONEncoder().encode($0)) } ?? []
        let answer = try await transport.send(TransportRequest(head: head, body: bytes), deadline: .seconds(30))
        return try JSONDecoder().decode(Value.self, from: Data(answer.body))
    }

    struct NoAddress: Error {
        let text: String
    }
}
