// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("Connections, their grants and consents")
struct ConnectionTests {
    private func install(_ storage: any RelationalStorage, _ generation: Int64 = 1) async throws {
        try await storage.install(
            Examples.grant(generation), company: Examples.company, app: Examples.app, on: .first, by: .command("pat"),
            at: morning, intuitTID: "tid-1")
    }

    @Test("a fresh database has the first connection, not connected", arguments: Engine.allCases)
    func fresh(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let connections = try await storage.connections()
            #expect(connections == [Connection(id: .first)])
            #expect(try await storage.connection(Connection.ID(7)) == nil)
            #expect(try await storage.app(of: .first) == nil)
        }
    }

    @Test("a company has one connection in an environment, and one more in another", arguments: Engine.allCases)
    func oneEach(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await install(storage)
            let second = try await storage.addConnection(app: Examples.app.key, by: .command("pat"), at: morning)
            let before = try await storage.connections()
            await #expect(throws: CompanyTaken(by: .first)) {
                try await storage.install(
                    Examples.grant(1), company: Examples.company, app: Examples.app, on: second, by: .command("pat"),
                    at: morning,
                    intuitTID: nil)
            }
            #expect(try await storage.connections() == before)
            let elsewhere = App(
                environment: .custom, clientID: Examples.app.clientID, clientSecret: Examples.app.clientSecret)
            try await storage.install(
                Examples.grant(1), company: Examples.company, app: elsewhere, on: second, by: .command("pat"),
                at: morning,
                intuitTID: nil)
            #expect(try await storage.connections().map(\.company) == [Examples.company, Examples.company])
            #expect(try await storage.connections().map(\.isDetached) == [false, false])
        }
    }

    @Test("an installed grant comes back, with its keys, and clears the trouble", arguments: Engine.allCases)
    func installing(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await install(storage)
            let trouble = ConnectionTrouble(cause: .grantRefused, since: morning, intuitTID: "tid")
            try await storage.setTrouble(trouble, on: .first, generation: 1, note: Examples.note("dead"))
            #expect(try await storage.connection(.first)?.trouble == trouble)
            try await install(storage, 2)
            #expect(
                try await storage.connection(.first)
                    == Connection(
                        id: .first, app: Examples.app.key, company: Examples.company, grant: Examples.grant(2)))
            #expect(try await storage.app(of: .first) == Examples.app)
            let history = try await storage.connectionHistory(.first, limit: 2)
            #expect(history.map(\.text) == ["Connected to Ridge Rentals.", "dead"])
        }
    }

    @Test("of many rotations from one generation, one succeeds", arguments: Engine.allCases)
    func race(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await install(storage)
            let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 1...10 {
                    group.addTask {
                        try await storage.rotate(.first, from: 1, to: Examples.grant(2), note: Examples.note("new"))
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(wins == 1)
            #expect(try await storage.connection(.first)?.grant == Examples.grant(2))
            #expect(try await storage.connectionHistory(.first, limit: 9).map(\.text).filter { $0 == "new" }.count == 1)
        }
    }

    @Test("a trouble of an older generation is not written", arguments: Engine.allCases)
    func oldTrouble(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await install(storage, 2)
            let trouble = ConnectionTrouble(cause: .grantRefused, since: morning)
            try await storage.setTrouble(trouble, on: .first, generation: 1, note: Examples.note("dead"))
            #expect(try await storage.connection(.first)?.status == .connected)
            #expect(try await storage.connectionHistory(.first, limit: 9).count == 1)
        }
    }

    @Test("a weightier reason stays when another reason or none comes late", arguments: Engine.allCases)
    func lateTrouble(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await install(storage)
            let dead = ConnectionTrouble(cause: .grantRefused, since: morning)
            try await storage.setTrouble(dead, on: .first, generation: 1, note: Examples.note("dead"))
            let lapsed = ConnectionTrouble(cause: .subscriptionLapsed, since: morning)
            try await storage.setTrouble(lapsed, on: .first, generation: 1, note: Examples.note("lapsed"))
            try await storage.setTrouble(nil, on: .first, generation: 1, note: Examples.note("works again"))
            #expect(try await storage.connection(.first)?.trouble == dead)
            #expect(try await storage.connectionHistory(.first, limit: 1).first?.text == "dead")
        }
    }

    @Test("a disconnected grant is gone and can't be rotated back", arguments: Engine.allCases)
    func disconnect(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await install(storage)
            try await storage.disconnect(.first, note: Examples.note("ended"))
            let connection = try present(try await storage.connection(.first))
            #expect(connection.grant == nil && connection.status == .notConnected)
            // Nothing was ever sent there, so another company may be connected.
            #expect(connection.company == nil)
            #expect(
                try await !storage.rotate(.first, from: 1, to: Examples.grant(2), note: Examples.note("late")))
            #expect(try await storage.connection(.first)?.grant == nil)
        }
    }

    @Test("a company that documents went to stays the connection's when it is disconnected", arguments: Engine.allCases)
    func disconnectAfterSending(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await install(storage)
            _ = try await storage.exporting(1, lease: storage.lease())
            try await storage.disconnect(.first, note: Examples.note("ended"))
            #expect(try await storage.connection(.first)?.company == Examples.company)
        }
    }
}
