// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("Consents under way and proposed tokens")
struct ConsentTests {
    private func consent(_ connection: Connection.ID? = .first) -> PendingConsent {
        PendingConsent(
            stateDigest: [1, 2], browserDigest: [3], connection: connection, app: Examples.app.key,
            redirectURI: "http://localhost:8710/cb", begunAt: morning)
    }

    @Test("a consent is taken once, by its browser alone", arguments: Engine.allCases)
    func once(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await storage.expect(consent())
            #expect(try await storage.take(consent: [9], browserDigest: [3], notBefore: morning) == .unknown)
            #expect(try await storage.take(consent: [1, 2], browserDigest: [4], notBefore: morning) == .unknown)
            let first = try await storage.take(consent: [1, 2], browserDigest: [3], notBefore: morning)
            #expect(first == .fresh(consent()))
            #expect(try await storage.take(consent: [1, 2], browserDigest: [3], notBefore: morning) == .taken)
            try await storage.finish(consent: [1, 2], made: .first)
            let again = try await storage.take(consent: [1, 2], browserDigest: [3], notBefore: after(9))
            #expect(again == .finished(.first))
        }
    }

    @Test("an old consent is not taken; one for a new company names no connection", arguments: Engine.allCases)
    func old(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await storage.expect(consent(nil))
            #expect(try await storage.take(consent: [1, 2], browserDigest: [3], notBefore: after(1)) == .unknown)
            let taken = try await storage.take(consent: [1, 2], browserDigest: [3], notBefore: morning)
            #expect(taken == .fresh(consent(nil)))
        }
    }

    @Test(
        "a proposal comes back whole, a newer one takes its place, and it can be withdrawn", arguments: Engine.allCases)
    func proposals(_ engine: Engine) async throws {
        try await engine.storage { storage in
            #expect(try await storage.proposal(of: .first) == nil)
            for generation in 1...2 as ClosedRange<Int64> {
                try await storage.propose(
                    Examples.grant(generation), company: Examples.company, app: Examples.app, on: .first,
                    by: .command("pat"),
                    at: morning, intuitTID: "tid-1")
            }
            let proposal = Proposal(
                connection: .first, app: Examples.app.key, company: Examples.company, grant: Examples.grant(2),
                at: morning, intuitTID: "tid-1")
            #expect(try await storage.proposal(of: .first) == proposal)
            #expect(try await storage.connection(.first)?.grant == nil)
            let note = ConnectionNote(.refused, at: after(9), text: "declined", by: .command("kim"))
            let realmID = Examples.company.realmID
            #expect(try await storage.withdraw(proposalOf: .first, realmID: "1", note: note) == false)
            #expect(try await storage.proposal(of: .first) == proposal, "another company's is not meant")
            #expect(try await storage.withdraw(proposalOf: .first, realmID: realmID, note: note))
            #expect(try await storage.proposal(of: .first) == nil)
            #expect(try await storage.connectionHistory(.first, limit: 1) == [note])
        }
    }

    @Test("where no proposal is, none is withdrawn, and no line says so", arguments: Engine.allCases)
    func nothingToWithdraw(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let note = Examples.note("declined")
            let realmID = Examples.company.realmID
            let isWithdrawn = try await storage.withdraw(proposalOf: .first, realmID: realmID, note: note)
            #expect(!isWithdrawn)
            #expect(try await storage.connectionHistory(.first, limit: 1).isEmpty)
        }
    }

    @Test("installing a grant ends the proposal", arguments: Engine.allCases)
    func installed(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await storage.propose(
                Examples.grant(), company: Examples.company, app: Examples.app, on: .first, by: .command("pat"),
                at: morning,
                intuitTID: "tid-1")
            try await storage.install(
                Examples.grant(), company: Examples.company, app: Examples.app, on: .first, by: .command("pat"),
                at: morning,
                intuitTID: "tid-1")
            #expect(try await storage.proposal(of: .first) == nil)
            #expect(try await storage.connection(.first)?.grant == Examples.grant())
        }
    }
}
