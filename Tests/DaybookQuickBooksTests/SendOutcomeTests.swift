// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import HTTPTransport
import Testing

@Suite("What an answer means for each document")
struct SendOutcomeTests {
    private func outcome(_ answer: CannedIntuit.Answer, units: Int64 = 2) async throws -> SendOutcome {
        let ledger = try ledger(CannedIntuit(answer))
        let envelope = try Units.envelope((1...units).map { try Units.unit($0) }, by: ledger)
        return await ledger.send(envelope, access: access)
    }

    private static func batch(_ items: String...) -> CannedIntuit.Answer {
        .body(200, #"{"BatchItemResponse":[\#(items.joined(separator: ","))],"time":"2026-11-22T00:00:00Z"}"#)
    }

    private static func posted(_ id: String, document: String) -> String {
        #"{"bId":"\#(id)","JournalEntry":{"Id":"\#(document)","SyncToken":"0","Line":[]}}"#
    }

    private func item(_ operation: DocumentOperation, _ entity: String) async throws -> ItemOutcome? {
        let ledger = try ledger(CannedIntuit(Self.batch(#"{"bId":"1",\#(entity)}"#)))
        let envelope = try Units.envelope([Units.unit(1, operation: operation)], by: ledger)
        guard case .answered(let items, _) = await ledger.send(envelope, access: access) else { return nil }
        return items["1"]
    }

    @Test(
        "an item is carried out only by its own kind of document, gone where it was to be deleted and there where not")
    func operations() async throws {
        let target = DocumentOperation.Target(documentID: "417", syncToken: "3")
        let there = #""JournalEntry":{"Id":"417","SyncToken":"4","Line":[]}"#
        let deleted = #""JournalEntry":{"Id":"417","SyncToken":"4","status":"Deleted"}"#
        let other = #""Invoice":{"Id":"417","SyncToken":"4","Line":[]}"#
        let posted = ItemOutcome.posted(Receipt(documentID: "417", syncToken: "4"))
        for operation in [.create, .update(target)] as [DocumentOperation] {
            #expect(try await item(operation, there) == posted)
            guard case .unknown = try await item(operation, deleted) else {
                Issue.record("\(operation) was taken for done by a document that is gone")
                continue
            }
        }
        #expect(try await item(.delete(target), deleted) == posted)
        for entity in [there, other] {
            guard case .unknown = try await item(.delete(target), entity) else {
                Issue.record("a deletion was taken for done by \(entity)")
                continue
            }
        }
        guard case .unknown = try await item(.create, other) else {
            Issue.record("another kind of document was taken for ours")
            return
        }
    }

    private static func fault(_ id: String, _ code: String, _ message: String = "no", type: String = "ValidationFault")
        -> String
    {
        """
        {"bId":"\(id)","Fault":{"type":"\(type)",\
        "Error":[{"Message":"\(message)","Detail":"d","code":"\(code)"}]}}
        """
    }

    private func items(_ answer: CannedIntuit.Answer, units: Int64 = 2) async throws -> [String: ItemOutcome] {
        guard case .answered(let items, let tid) = try await outcome(answer, units: units) else {
            Issue.record("it was answered")
            return [:]
        }
        #expect(tid == "tid-1")
        return items
    }

    @Test("items are told apart by their ids, never by their places")
    func shuffled() async throws {
        let items = try await items(Self.batch(Self.posted("2", document: "92"), Self.posted("1", document: "91")))
        #expect(items["1"] == .posted(Receipt(documentID: "91", syncToken: "0")))
        #expect(items["2"] == .posted(Receipt(documentID: "92", syncToken: "0")))
    }

    @Test("a missing item and one that stands twice are left out, which means unknown")
    func missingAndTwice() async throws {
        let twice = Self.posted("1", document: "91")
        let items = try await items(Self.batch(twice, twice, Self.posted("3", document: "93")), units: 3)
        #expect(items["1"] == nil && items["2"] == nil)
        #expect(items["3"] == .posted(Receipt(documentID: "93", syncToken: "0")))
    }

    @Test(
        "each fault has its consequence",
        arguments: [
            (code: "6140", message: "Duplicate Document Number Error", expected: Expected.numberTaken),
            ("6200", "Account period closed", .refused), ("6210", "Account Period Closed", .refused),
            ("610", "Object Not Found", .refused), ("2500", "Invalid Reference Id", .refused),
            ("5020", "Permission Denied Error", .refused), ("6000", "A business validation error", .refused),
            ("6000", "An unexpected error occurred while accessing or saving", .unknown),
            ("600", "duplicate request id", .unknown), ("10000", "An application error has occurred", .unknown),
            ("3001", "Throttled", .unknown), ("3200", "AuthenticationFailed", .unknown),
            ("3100", "ApplicationAuthorizationFailed", .unknown), ("140", "Company is locked", .unknown),
        ])
    func faults(code: String, message: String, expected: Expected) async throws {
        let items = try await items(Self.batch(Self.fault("1", code, message), Self.posted("2", document: "92")))
        switch (items["1"], expected) {
        case (.numberTaken, .numberTaken), (.unknown, .unknown): break
        case (.refused(let refusal), .refused):
            #expect(refusal.code == code && refusal.intuitTID == "tid-1")
            #expect(refusal.explanation.contains("Reset for export"))
        default: Issue.record("\(code) became \(String(describing: items["1"]))")
        }
        #expect(items["2"] == .posted(Receipt(documentID: "92", syncToken: "0")))
    }

    enum Expected: Sendable { case numberTaken, refused, unknown }

    @Test("a failure inside QuickBooks leaves the item open, whatever its code")
    func systemFault() async throws {
        let items = try await items(Self.batch(Self.fault("1", "4000", type: "SystemFault")))
        guard case .unknown = items["1"] else {
            Issue.record("a SystemFault may have been carried out")
            return
        }
    }

    @Test("a lapsed subscription is the connection's trouble: nothing was carried out")
    func lapsed() async throws {
        let answer = Self.batch(Self.fault("1", "6190", "Subscription period has ended"), Self.fault("2", "6190"))
        #expect(try await outcome(answer) == .notExecuted(.subscriptionLapsed(intuitTID: "tid-1")))
    }

    @Test(
        "an answer that is not about every document says nothing of the whole", arguments: ["6190", "5020"])
    func partial(code: String) async throws {
        let fault = { (id: String) in Self.fault(id, code) }
        let missing = Self.batch(fault("1"), fault("2"))
        let twice = Self.batch(fault("1"), fault("2"), fault("2"), fault("3"))
        let stranger = Self.batch(fault("1"), fault("2"), fault("9"))
        let inside = Self.batch(fault("1"), fault("2"), Self.fault("3", code, type: "SystemFault"))
        for answer in [missing, twice, stranger, inside] {
            guard case .answered(let items, _) = try await outcome(answer, units: 3) else {
                Issue.record("thirty documents would go out again though one of them may be booked")
                continue
            }
            let open = ["1", "2", "3"].filter { id in
                guard let item = items[id] else { return true }
                if case .unknown = item { return true } else { return false }
            }
            #expect(!open.isEmpty)
        }
    }

    @Test("a plan or rights that refuse every document are the connection's trouble; of some, those documents'")
    func notAllowed() async throws {
        let all = Self.batch(Self.fault("1", "5020", "Permission Denied Error"), Self.fault("2", "5030"))
        #expect(try await outcome(all) == .notExecuted(.notAllowed(intuitTID: "tid-1")))
    }

    @Test(
        "only what is certain is not executed; all else is unknown",
        arguments: [
            (CannedIntuit.Answer.body(401, ""), Sent.notExecuted), (.body(403, ""), .notExecuted),
            (.body(429, "<xml/>"), .notExecuted), (.body(413, "<html>"), .notExecuted), (.body(413, ""), .notExecuted),
            (.body(408, ""), .unknown), (.body(400, "<html>"), .unknown),
            (.failure(.connectionFailed(sentBytes: false, reason: "refused")), .notExecuted),
            (.failure(.timedOut(sentBytes: false)), .notExecuted),
            (.failure(.timedOut(sentBytes: true)), .unknown),
            (.failure(.connectionFailed(sentBytes: true, reason: "cut")), .unknown),
            (.failure(.responseTooLarge(limit: 1)), .unknown), (.body(500, ""), .unknown),
            (.body(502, ""), .unknown), (.body(503, "<html>"), .unknown), (.body(504, ""), .unknown),
            (.body(200, "<html>"), .unknown), (.body(200, ""), .unknown), (.body(200, "{\"Batch"), .unknown),
            (.body(200, "{}"), .unknown), (.body(302, ""), .unknown), (.body(404, "<html>"), .unknown),
        ])
    func certainty(answer: CannedIntuit.Answer, expected: Sent) async throws {
        switch (try await outcome(answer), expected) {
        case (.notExecuted, .notExecuted), (.unknown, .unknown): break
        case (let other, _): Issue.record("became \(other)")
        }
    }

    enum Sent: Sendable { case notExecuted, unknown }

    @Test("what goes out is the envelope's bytes; damaged bytes never go out")
    func damaged() async throws {
        let intuit = CannedIntuit(Self.batch(Self.posted("1", document: "91")))
        let ledger = try ledger(intuit)
        let good = try Units.envelope([Units.unit(1)], by: ledger)
        _ = await ledger.send(good, access: access)
        #expect(intuit.requests.map(\.body) == [good.request.body])

        var body = good.request.body
        body[body.count / 2] ^= 1
        let request = FrozenRequest(target: good.request.target, body: body, sha256: good.request.sha256)
        let damaged = Envelope(
            requestID: good.requestID, connection: good.connection, realmID: good.realmID, request: request,
            items: good.items, preparedAt: good.preparedAt)
        guard case .unknown = await ledger.send(damaged, access: access) else {
            Issue.record("damaged bytes were taken for more than unknown")
            return
        }
        #expect(intuit.requests.count == 1)
    }
}
