// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import IntuitSandbox

/// The rental company on a clock of our own, and short ways to talk to it.
struct TestCompany {
    /// 2026-06-15 09:00:00 Pacific.
    static let morning = Date(timeIntervalSince1970: 1_781_539_200)

    var file: CompanyFile
    var now = Self.morning
    var requestIDs = RequestIDPolicy.honoured

    init() {
        file = .rentalCompany(realmID: "9341453908059321", now: Self.morning)
    }

    @discardableResult
    mutating func post(_ path: String, _ json: String, _ query: [String: String] = [:]) -> AccountingAnswer {
        call("POST", path, query, "application/json", Array(json.utf8))
    }

    @discardableResult
    mutating func post(_ path: String, _ value: JSONValue, _ query: [String: String] = [:]) -> AccountingAnswer {
        call("POST", path, query, "application/json", value.serialized())
    }

    mutating func get(_ path: String, _ query: [String: String] = [:]) -> AccountingAnswer {
        call("GET", path, query, nil, [])
    }

    mutating func query(_ text: String) -> AccountingAnswer {
        get("query", ["query": text])
    }

    mutating func call(
        _ method: String, _ path: String, _ query: [String: String], _ type: String?, _ body: [UInt8]
    ) -> AccountingAnswer {
        let segments = path.split(separator: "/").map(String.init)
        let call = AccountingCall(method: method, path: segments, query: query, contentType: type, body: body)
        return file.answer(call, now: now, requestIDs: requestIDs)
    }

    /// The Id of the account with that number.
    func account(_ number: String) -> String {
        file.books.shelf(.account).byNumber[number].first.map(String.init) ?? "none"
    }

    /// Two lines of the same amount.
    func journal(
        _ amount: String = "10.00", debit: String = "1050", credit: String = "4000", extra: String = ""
    ) -> String {
        "{\(extra)\"Line\":[\(line(amount, "Debit", debit)),\(line(amount, "Credit", credit))]}"
    }

    func line(_ amount: String, _ type: String, _ number: String, _ extra: String = "") -> String {
        """
        {"DetailType":"JournalEntryLineDetail","Amount":\(amount),"JournalEntryLineDetail":\
        {"PostingType":"\(type)","AccountRef":{"value":"\(account(number))"}\(extra)}}
        """
    }

    /// Posts a journal and gives its Id.
    mutating func posted(_ json: String) throws -> String {
        try #require(post("journalentry", json).body["JournalEntry"]?["Id"]?.text)
    }

    func balance(_ number: String) -> Cents {
        Int(account(number)).map { file.books.ledger.balance(of: $0) } ?? .zero
    }
}

extension AccountingAnswer {
    var error: JSONValue? { body["Fault"]?["Error"]?.items?.first }
    var code: String? { error?["code"]?.text }
    var detail: String { error?["Detail"]?.text ?? "" }
    var message: String { error?["Message"]?.text ?? "" }
    var element: String? { error?["element"]?.text }

    func found(_ kind: EntityKind) -> [JSONValue] { body["QueryResponse"]?[kind.rawValue]?.items ?? [] }
    func ids(_ kind: EntityKind) -> [String] { found(kind).compactMap { $0["Id"]?.text } }
}
