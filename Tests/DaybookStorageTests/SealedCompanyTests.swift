// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import GRDB
import Testing

@testable import DaybookStorage

@Suite("A company's Realm ID is sealed, and found by a keyed digest")
struct SealedCompanyTests {
    private let lake = Company(realmID: "9130000000000002", name: "Lake Rentals")

    private func install(
        _ company: Company, on connection: Connection.ID = .first, in environment: Environment.Name = .sandbox,
        _ storage: any RelationalStorage
    ) async throws {
        try await storage.install(
            Examples.grant(connection.value), company: company,
            app: App(environment: environment, clientID: "AB", clientSecret: Secret("s")), on: connection,
            by: .command("pat"), at: morning, intuitTID: nil)
    }

    private func digests(_ storage: any RelationalStorage) async throws -> [[UInt8]] {
        try await storage.read { sql in
            try sql.rows("SELECT digest FROM companies ORDER BY id", []).reading { try $0.bytes() }
        }
    }

    @Test("two companies are told apart; one that has a connection gets no second one", arguments: Engine.allCases)
    func lookUps(engine: Engine) async throws {
        try await engine.storage { storage in
            let second = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            try await install(Examples.company, storage)
            await #expect(throws: CompanyTaken(by: .first)) { try await install(Examples.company, on: second, storage) }
            try await install(lake, on: second, storage)
            #expect(try await storage.connections().map(\.company) == [Examples.company, lake])
            await #expect(throws: CompanyTaken(by: second)) { try await install(lake, storage) }
            // Another environment's company of the same number is another company.
            let third = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            try await install(lake, on: third, in: .production, storage)
            #expect(try await storage.connection(third)?.company == lake)
            #expect(try await digests(storage).count == 2)
        }
    }

    @Test("the schema refuses a second connection of a company, too", arguments: Engine.allCases)
    func unique(engine: Engine) async throws {
        try await engine.storage { storage in
            _ = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            try await install(Examples.company, storage)
            await #expect(throws: StorageFailure(.refusedByRule)) {
                try await storage.write { sql in
                    _ = try sql.run(
                        "UPDATE connections SET company_id = 1, company_name = 'x', environment = 'sandbox' WHERE id = 2",
                        [])
                }
            }
            await #expect(throws: StorageFailure(.refusedByRule)) {
                try await storage.write { sql in
                    _ = try sql.run("INSERT INTO companies SELECT 2, realm_id, digest FROM companies", [])
                }
            }
        }
    }

    @Test("sealed Realm IDs that were swapped are refused when read", arguments: Engine.allCases)
    func swapped(engine: Engine) async throws {
        try await engine.storage { storage in
            let second = try await storage.addConnection(app: nil, by: .command("pat"), at: morning)
            try await install(Examples.company, storage)
            try await install(lake, on: second, storage)
            try await storage.write { sql in
                let sealed = try sql.rows("SELECT realm_id FROM companies ORDER BY id", []).reading { try $0.value() }
                for (number, value) in zip([2, 1], sealed) {
                    _ = try sql.run("UPDATE companies SET realm_id = $1 WHERE id = $2", [value, .int(number)])
                }
            }
            for connection in [Connection.ID.first, second] {
                await #expect(throws: SealError.doesNotBelong(CompanyRecord.context(connection.value))) {
                    try await storage.connection(connection)
                }
            }
        }
    }

    @Test("a token is refused in the connection of another company", arguments: Engine.allCases)
    func otherCompanysToken(engine: Engine) async throws {
        try await engine.storage { storage in
            try await install(Examples.company, storage)
            let number = try await storage.write { sql in
                try CompanyKeeping(sealer: storage.sealer).number(of: lake.realmID, sql)
            }
            try await storage.write { sql in
                _ = try sql.run("UPDATE connections SET company_id = $1 WHERE id = 1", [.integer(number)])
            }
            await #expect(throws: SealError.self) { try await storage.connection(.first) }
        }
    }

    @Test("an envelope's address is stored without it, and is sent as it was composed", arguments: Engine.allCases)
    func address(engine: Engine) async throws {
        try await engine.storage { storage in
            try await install(Examples.company, storage)
            _ = try await storage.record(Examples.rentals(1), policy: .allOrNothing, at: morning)
            let units = try await storage.agenda().pending
            let plain = Examples.envelope("r1", of: units, realmID: Examples.company.realmID)
            let target = "/v3/company/\(Examples.company.realmID)/batch?minorversion=75&requestid=r1"
            let envelope = Envelope(
                requestID: "r1", connection: .first, realmID: plain.realmID,
                request: FrozenRequest(target: target, body: plain.request.body, sha256: plain.request.sha256),
                items: plain.items, preparedAt: morning)
            let changes = units.map { Examples.change($0.export, to: ExportProgress(state: .exporting)) }
            try await storage.open(envelope, changes: changes, lease: storage.lease(), at: morning)
            #expect(try await storage.agenda().interrupted.map(\.envelope) == [envelope])
            let stored = try await storage.read { sql in
                try sql.rows("SELECT target FROM envelopes", []).reading { try $0.text() }
            }
            #expect(stored == ["/v3/company/{realmId}/batch?minorversion=75&requestid=r1"])
        }
    }

    @Test("what people are told names the company, and the warning's row has its number", arguments: Engine.allCases)
    func announcement(engine: Engine) async throws {
        try await engine.storage { storage in
            let told = Announcement(
                id: Announcement.ID("A1"), kind: .warning, connection: .first, company: Examples.company,
                subject: .idle, days: 7, cause: nil, title: "Soon", text: "Seven days", at: morning)
            _ = try await storage.addNotifier(
                .email(EmailAddress("pat@example.com")), by: .command("pat"), at: morning)
            let isNew = try await storage.announce(
                [told], keeping: ConnectionWarnings(), insteadOf: ConnectionWarnings(), on: .first)
            #expect(isNew)
            #expect(try await storage.deliveries(limit: 9).map(\.announcement) == [told])
            #expect(try await storage.deliveryAgenda(at: after(1)).due?.announcement == told)
        }
    }

    @Test("a company that nothing refers to any more is forgotten", arguments: Engine.allCases)
    func forgotten(engine: Engine) async throws {
        try await engine.storage { storage in
            let app = App(environment: .sandbox, clientID: "AB", clientSecret: Secret("s"))
            func propose(_ company: Company) async throws {
                try await storage.propose(
                    Examples.grant(), company: company, app: app, on: .first, by: .command("pat"), at: morning,
                    intuitTID: nil)
            }
            try await propose(Examples.company)
            let first = try await digests(storage)
            try await propose(lake)
            let second = try await digests(storage)
            #expect(second.count == 1 && second != first)
            #expect(try await storage.proposal(of: .first)?.company == lake)
            let note = Examples.note("declined")
            #expect(try await !storage.withdraw(proposalOf: .first, realmID: Examples.company.realmID, note: note))
            #expect(try await storage.withdraw(proposalOf: .first, realmID: lake.realmID, note: note))
            #expect(try await digests(storage).isEmpty)
            try await install(Examples.company, storage)
            try await storage.disconnect(.first, note: note)
            #expect(try await digests(storage).isEmpty, "nothing was sent there")
            try await install(Examples.company, storage)
            #expect(try await digests(storage) == first, "the same company has the same digest")
        }
    }

    @Test("a rotation of the data key seals it again and leaves the digests as they are")
    func rotated() async throws {
        try await withFolder { folder in
            let second = try await rotate(at: folder + "/data")
            let again = try DataFolder.open(at: folder + "/data")
            await #expect(throws: CompanyTaken(by: .first)) {
                try await install(Examples.company, on: second, again.storage)
            }
            try again.close()
        }
    }

    /// - Returns: The second connection; the folder is free again.
    private func rotate(at path: String) async throws -> Connection.ID {
        let open = try DataFolder.open(at: path)
        let second = try await open.storage.addConnection(app: nil, by: .command("pat"), at: morning)
        try await install(Examples.company, open.storage)
        try await install(lake, on: second, open.storage)
        let before = try await digests(open.storage)
        let rotated = try await open.rotation.rotate()
        #expect(try await digests(open.storage) == before)
        let marks = try await open.storage.read { sql in
            try sql.rows("SELECT realm_id FROM companies", []).reading { DataKey.id(in: try $0.bytes()) }
        }
        #expect(marks == [rotated.key, rotated.key])
        #expect(try await open.storage.connections().map(\.company) == [Examples.company, lake])
        await #expect(throws: CompanyTaken(by: second)) { try await install(lake, open.storage) }
        try open.close()
        return second
    }

    @Test("the digest depends on the key alone and on the whole number")
    func digest() {
        let (one, other) = (Array(repeating: UInt8(1), count: 32), Array(repeating: UInt8(2), count: 32))
        #expect(CompanyDigest.bytes(of: "9130", key: one) == CompanyDigest.bytes(of: "9130", key: one))
        #expect(CompanyDigest.bytes(of: "9130", key: one) != CompanyDigest.bytes(of: "9130", key: other))
        #expect(CompanyDigest.bytes(of: "9130", key: one) != CompanyDigest.bytes(of: "9131", key: one))
        #expect(CompanyDigest.bytes(of: "9130", key: one) != SystemDigest().sha256(Array("9130".utf8)))
        // RFC 4231, test case 2.
        let known = CompanyDigest.bytes(of: "what do ya want for nothing?", key: Array("Jefe".utf8))
        #expect(known.hex == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }
}
