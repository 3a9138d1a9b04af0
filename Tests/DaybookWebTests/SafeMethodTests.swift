// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookStorage
@testable import DaybookWeb
import HTTPTypes
import Hummingbird
import Testing

@Suite("Methods that change nothing")
struct SafeMethodTests {
    static func address(_ pattern: String) -> String {
        "/" + pattern.split(separator: "/").map { $0.hasPrefix("{") ? "1" : String($0) }.joined(separator: "/")
    }

    @Test("HEAD of the address to which Intuit sends the browser back uses up neither code nor consent")
    func callback() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.visit { visitor in
                let leaving = try await visitor.submit("/connections/1/connect", from: "/connections/1")
                let way = "\(leaving.location ?? "") \(leaving.text)"
                let state = try present(way.firstMatch(of: /state=([0-9a-f]{32})/)).1
                let before = try await fixture.desk.connections.history(.first)
                for answer in [
                    "code=AB1&state=\(state)&realmId=\(SiteFixture.realmID)", "error=access_denied&state=\(state)",
                ] {
                    #expect(try await visitor.send(.head, "/connection/callback?\(answer)").status == 200)
                }
                #expect(try await fixture.desk.connections.history(.first) == before)
                _ = try await visitor.open("/connection/callback?error=access_denied&state=\(state)")
                #expect(
                    try await fixture.desk.connections.history(.first).count == before.count + 1, "it was still open")
            }
        }
    }

    @Test("HEAD and OPTIONS change nothing at any address, and TRACE is refused")
    func everyRoute() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.connect()
            try await fixture.record(SiteFixture.invoice("INV-1"))
            let addresses = Set(fixture.site.routes().map { Self.address($0.path.description) }).sorted()
            #expect(addresses.count > 40)
            let trace = try present(HTTPRequest.Method("TRACE"))
            try await fixture.visit { visitor in
                _ = try await visitor.open("/help")
                let before = try await fixture.storage.changes()
                for address in addresses {
                    _ = try await visitor.send(.head, address)
                    #expect(try await visitor.send(.options, address).status == 405, "\(address)")
                    #expect(try await visitor.send(trace, address).status == 405, "\(address)")
                }
                #expect(try await fixture.storage.changes() == before)
            }
            #expect(fixture.failures.all.isEmpty)
        }
    }
}

extension SQLiteStorage {
    /// How many rows were written since it was opened.
    fileprivate func changes() async throws -> Int64 {
        try await read { sql in
            var row = try present(try sql.rows("SELECT total_changes()", []).first)
            return try row.integer()
        }
    }
}
