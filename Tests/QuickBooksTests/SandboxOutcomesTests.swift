// SPDX-License-Identifier: Apache-2.0
import Foundation
import IntuitSandbox
import QuickBooks
import Testing

@Suite("Frozen requests against the sandbox")
struct SandboxOutcomesTests {
    @Test("a batch answers each item, also those that fail")
    func batch() async throws {
        let books = try await SandboxBooks()
        var broken = try books.entry("1-2-BBBBB")
        broken.lines[0].amount = 1
        let prepared = try books.client.prepareBatch(
            [
                .create(id: "a", try books.entry("1-1-AAAAA")), .create(id: "b", broken),
                .query(id: "q", QueryText(Account.self).page(from: 1, size: 3)),
            ], requestID: "batch1")
        let outcome = await books.client.send(prepared, accessToken: books.accessToken)
        guard case .answered(200, let body, let tid) = outcome else {
            Issue.record("not answered: \(outcome)")
            return
        }
        #expect(tid != nil)
        let answer = try BatchAnswer(parsing: body)
        guard case .entity(let entity) = answer.result(for: "a"), case .fault(let fault) = answer.result(for: "b"),
            case .found(let found) = answer.result(for: "q")
        else {
            Issue.record("wrong results: \(answer.items.map(\.id))")
            return
        }
        #expect(try entity.decoded(as: JournalEntry.self).docNumber == "1-1-AAAAA")
        #expect(!fault.mayHaveBeenExecuted)
        #expect(found.count == 3)
        #expect(answer.missing(from: ["a", "b", "q"]).isEmpty && answer.duplicates.isEmpty)

        let deletion = try await books.client.batch([
            .delete(id: "d", JournalEntry.self, entityID: entity.id, syncToken: try #require(entity.syncToken))
        ])
        guard case .entity(let deleted) = deletion.result(for: "d") else {
            Issue.record("not deleted")
            return
        }
        #expect(deleted.isDeleted && deleted.id == entity.id)
    }

    @Test("the same frozen bytes twice, with the same request id, make one document")
    func replay() async throws {
        let books = try await SandboxBooks()
        let prepared = try books.client.prepareCreate(books.entry("1-3-CCCCC"), requestID: "once")
        let first = await books.client.send(prepared, accessToken: books.accessToken)
        let second = await books.client.send(prepared, accessToken: books.accessToken)
        guard case .answered = first, case .answered = second else {
            Issue.record("\(first) then \(second)")
            return
        }
        #expect(try await books.find(["1-3-CCCCC"]).count == 1)
    }

    @Test(
        "what is known not to have happened has not happened",
        arguments: [SandboxMishap.throttled429, .connectionRefused])
    func notExecuted(mishap: SandboxMishap) async throws {
        let books = try await SandboxBooks()
        books.sandbox.nextMishap(mishap, route: .write)
        let prepared = try books.client.prepareCreate(books.entry("1-4-DDDDD"), requestID: "n")
        guard case .notExecuted = await books.client.send(prepared, accessToken: books.accessToken) else {
            Issue.record("\(mishap) was not taken for non-execution")
            return
        }
        #expect(try await books.find(["1-4-DDDDD"]).isEmpty)
    }

    @Test(
        "where it can't be known, the outcome is unknown, whatever happened",
        arguments: [
            (SandboxMishap.answerDroppedAfterCommit, 1), (.droppedBeforeCommit, 0), (.error500BeforeCommit, 0),
            (.error500AfterCommit, 1), (.unavailable503HTML, 0), (.cutBody, 1), (.committedLate, 1),
        ])
    func unknown(mishap: SandboxMishap, documents: Int) async throws {
        let books = try await SandboxBooks()
        books.sandbox.nextMishap(mishap, route: .write)
        let prepared = try books.client.prepareCreate(books.entry("1-5-EEEEE"), requestID: "u")
        let outcome = await books.client.send(prepared, accessToken: books.accessToken)
        guard case .unknown = outcome else {
            Issue.record("\(mishap) gave \(outcome)")
            return
        }
        // Only after the longest late commit is "not there" to be believed.
        books.sandbox.advance(by: books.sandbox.longestLateCommit)
        #expect(try await books.find(["1-5-EEEEE"]).count == documents)
    }

    @Test("a wrong token, another company and a lapsed subscription are told apart")
    func access() async throws {
        let books = try await SandboxBooks()
        let prepared = books.client.composer.companyInfo()
        let wrong = await books.client.send(prepared, accessToken: AccessToken("nonsense"))
        guard case .notExecuted(.unauthorized, _) = wrong else {
            Issue.record("a wrong token was accepted")
            return
        }
        let elsewhere = RequestComposer(realmID: "9341453908059322").companyInfo()
        let other = await books.client.send(elsewhere, accessToken: books.accessToken)
        guard case .notExecuted(.forbidden(let fault?), _) = other else {
            Issue.record("another company was open")
            return
        }
        #expect(fault.classification == .forbiddenRealm)

        try books.sandbox.setSubscription(isActive: false, realmID: SandboxBooks.realmID)
        let write = try books.client.prepareCreate(books.entry("1-6-FFFFF"))
        switch await books.client.send(write, accessToken: books.accessToken) {
        case .refused(let fault, _), .notExecuted(.forbidden(let fault?), _):
            #expect(fault.classification == .subscription)
        case let outcome: Issue.record("a suspended company gave \(outcome)")
        }
    }

    @Test(
        "a token is never sent in the clear to another machine, nor to what only looks like a host",
        arguments: ["http://quickbooks.example", "https:/path?://quickbooks.example", "https://:443"])
    func clearText(_ text: String) async throws {
        let books = try await SandboxBooks()
        let url = try #require(URL(string: text))
        let client = QuickBooksClient(transport: books.sandbox, baseURL: url, realmID: "1")
        let outcome = await client.send(client.composer.companyInfo(), accessToken: books.accessToken)
        guard case .notExecuted(.invalidAddress, _) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        let error = await #expect(throws: QuickBooksError.self) { try await client.companyInfo() }
        #expect(error?.code == .accessTokenMissing)
    }

    @Test("a paced client is never throttled")
    func pacing() async throws {
        let books = try await SandboxBooks()
        books.sandbox.setThrottles(enabled: true)
        var pacer = Pacer()
        let batch = try books.client.prepareBatch([.query(id: "q", QueryText(Department.self))])
        let single = books.client.composer.companyInfo()
        for round in 0..<400 {
            let prepared = round.isMultiple(of: 3) ? batch : single
            let now = books.sandbox.now
            let start = pacer.reserve(prepared.kind, at: now)
            books.sandbox.advance(by: .seconds(start.timeIntervalSince(now)))
            guard case .answered = await books.client.send(prepared, accessToken: books.accessToken) else {
                Issue.record("call \(round) was not answered")
                return
            }
        }
    }
}
