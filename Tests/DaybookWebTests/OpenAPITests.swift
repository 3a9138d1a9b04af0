// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import HTTPTypes
import Hummingbird
import Testing

@Suite("openapi.yaml")
struct OpenAPITests {
    @Test("describes every route of the API, and no other")
    func bothWays() async throws {
        let described = try Self.described()
        try await SiteFixture.open { fixture in
            let served = fixture.site.routes()
                .filter { SitePaths.isForPrograms($0.path.description) }
                .map { "\($0.method.rawValue) \($0.path.description)" }
            #expect(Set(served + Self.servedByTheProgram) == described)
        }
    }

    @Test("gives each operation an id of its own and a tag that is described")
    func operations() throws {
        let text = try Self.text()
        let ids = text.matches(of: /\n      operationId: (\w+)/).map { String($0.1) }
        let tags = text.matches(of: /\n      tags: \[([^\]]+)\]/).map { String($0.1) }
        let described = text.matches(of: #/\n  - \{ name: ([^,]+), description: /#).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        #expect(try ids.count == Self.described().count && tags.count == ids.count)
        #expect(Set(tags) == Set(described))
    }

    /// Readers of YAML keep the last of two members with one name, without a word.
    @Test("defines no member of an object twice")
    func definedOnce() throws {
        var names: [(indentation: Int, seen: Set<Substring>)] = []
        for line in try Self.text().split(separator: "\n") {
            guard let match = line.firstMatch(of: /^( *)(- )?("?[\w\/{}.-]+"?):( |$)/) else { continue }
            let isItem = match.2 != nil
            let indentation = match.1.count + (isItem ? 2 : 0)
            names.removeAll { $0.indentation > indentation || (isItem && $0.indentation == indentation) }
            if names.last?.indentation != indentation { names.append((indentation, [])) }
            #expect(names[names.count - 1].seen.insert(match.3).inserted, "\(line) stands there twice")
        }
    }

    @Test("names every query parameter that a route takes, and no other")
    func parameters() throws {
        let served = QueryGate.parameters.flatMap { route, names in names.map { "\(route) \($0)" } }
        #expect(try Self.describedParameters() == Set(served))
    }

    @Test("describes for each operation what the gates in front of it answer")
    func gates() throws {
        let statuses = try Self.describedStatuses()
        #expect(try Set(statuses.keys) == Self.described())
        for (operation, described) in statuses {
            let sentOn = described.filter { $0.hasPrefix("3") }
            #expect(sentOn.isEmpty, "a program is not sent to another address: \(operation)")
            var gates: Set = ["421", "500", "503"]
            // It asks nothing that could be in trouble.
            if operation == "GET /health/live" { gates.remove("503") }
            if !operation.hasPrefix("GET /health") { gates.insert("429") }
            if RouteAccess.table[operation] != .open { gates.formUnion(["401", "403"]) }
            if operation.contains(" /api/") { gates.insert("400") }
            if operation.hasPrefix("POST ") || operation.hasPrefix("PUT ") { gates.formUnion(["413", "415", "422"]) }
            #expect(described.isSuperset(of: gates), "\(operation) lacks \(gates.subtracting(described).sorted())")
            #expect(described.isDisjoint(with: ["405", "501"]), "no answer to a method that is described")
        }
    }

    @Test("asks for a key wherever one is needed, and nowhere else")
    func security() throws {
        let text = try Self.text()
        let open = text.matches(of: /\n      operationId: (\w+)\n      security: \[\]/).map { String($0.1) }
        #expect(Set(open) == ["getHealth", "getLife", "proveIdentity"])
        #expect(text.contains("\nsecurity:\n  - key: []\n"))
        for operation in try Self.described() {
            let isOpen = ["GET /health", "GET /health/live", "GET /api/v1/identity"].contains(operation)
            #expect((RouteAccess.table[operation] == .open) == isOpen, "\(operation)")
        }
    }

    @Test("a parameter that an address does not take is refused by name, with those that it takes")
    func unknownParameter() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let mistyped = try await visitor.open("/api/v1/exports?state=error&pagesize=5")
                #expect(mistyped.status == 400)
                #expect(
                    mistyped.text.contains(
                        "no query parameter “pagesize” here. This address takes state, store, connection, search, cursor, pageSize"
                    ))
                let body = "[\(SiteFixture.invoice("1"))]"
                let dry = try await visitor.call(.post, "/api/v1/transactions?dryrun=true", json: body)
                #expect(dry.status == 400)
                #expect(
                    try await fixture.desk.queue.exports(matching: ExportFilter()).rows.isEmpty, "nothing was taken")
                let none = try await visitor.open("/api/v1/connections?id=1")
                #expect(none.status == 400 && none.text.contains("This address takes none"))
                let empty = try await visitor.open("/api/v1/exports?state=&pageSize=2")
                #expect(empty.status == 400 && empty.text.contains("state has no value"))
                let twice = try await visitor.open("/api/v1/deliveries?limit=1&limit=2")
                #expect(twice.status == 400 && twice.text.contains("limit is given 2 times"))
                #expect(try await visitor.open("/api/v1/exports?search=").status == 200)
                #expect(try await visitor.send(.head, "/api/v1/exports?pageSize=1").status == 200)
                #expect(
                    try await visitor.open("/exports?whatever=1").status == 200, "an address that a person may keep")
            }
        }
    }

    /// What the program adds to the site.
    private static let servedByTheProgram = ["GET /metrics"]

    /// `GET /api/v1/exports state` for each.
    private static func describedParameters() throws -> Set<String> {
        var (path, method) = ("", "")
        var found: Set<String> = []
        for line in try text().split(separator: "\n") {
            if let match = line.wholeMatch(of: /[ ]{2}(\/[^:]*):/) { path = String(match.1) }
            if let match = line.wholeMatch(of: /[ ]{4}(get|put|post|delete|patch):/) { method = match.1.uppercased() }
            if let match = line.firstMatch(of: /\{ name: (\w+), in: query/) {
                found.insert("\(method) \(path) \(match.1)")
            }
        }
        return found
    }

    /// The statuses of each operation.
    private static func describedStatuses() throws -> [String: Set<String>] {
        var (path, operation) = ("", "")
        var found: [String: Set<String>] = [:]
        for line in try text().split(separator: "\n") {
            if let match = line.wholeMatch(of: /[ ]{2}(\/[^:]*):/) { path = String(match.1) }
            if line == "components:" { break }
            if let match = line.wholeMatch(of: /[ ]{4}(get|put|post|delete|patch):/) {
                operation = "\(match.1.uppercased()) \(path)"
            }
            if let match = line.firstMatch(of: /^[ ]{8}"(\d{3})":/) {
                found[operation, default: []].insert(String(match.1))
            }
        }
        return found
    }

    private static func text() throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent("openapi.yaml"), encoding: .utf8)
    }

    /// `GET /api/v1/exports` for each: paths are indented by two spaces, their methods by four.
    private static func described() throws -> Set<String> {
        let text = try text()
        var path = ""
        var found: Set<String> = []
        for line in text.split(separator: "\n") {
            if let match = line.wholeMatch(of: /[ ]{2}(\/[^:]*):/) { path = String(match.1) }
            if let match = line.wholeMatch(of: /[ ]{4}(get|put|post|delete|patch):/), !path.isEmpty {
                found.insert("\(match.1.uppercased()) \(path)")
            }
        }
        return found
    }
}
