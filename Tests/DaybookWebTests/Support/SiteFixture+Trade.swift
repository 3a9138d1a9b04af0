// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox

/// What has happened at the shop before the test begins.
extension SiteFixture {
    static func invoice(
        _ id: String, store: Int = 1, customer: String = "Ann Ostrander", amount: String = "125.00"
    ) -> String {
        """
        {"source":"counter","store":\(store),"id":"\(id)","date":"2026-11-16","type":"invoice","contract":"K\(id)",
        "customer":{"id":"C1","name":"\(customer)"},"charges":[{"kind":"rental","amount":"\(amount)"}]}
        """
    }

    func record(_ texts: String...) async throws {
        try await record(texts)
    }

    func record(_ texts: [String]) async throws {
        let bytes = Array("[\(texts.joined(separator: ","))]".utf8)
        let report = try await desk.intake.take(
            IntakeFile(bytes, format: .json), policy: .allOrNothing,
            by: roles.isInForce ? .command("till") : .anybody(.api))
        guard report.recorded == texts.count else { throw Missing() }
    }

    func enterKeys() async throws {
        try await desk.credentials.saveApp(
            .init(clientID: Self.app.clientID, clientSecret: Secret(Self.app.clientSecret)), by: .command("test"))
    }

    func connect() async throws {
        try await enterKeys()
        let grant = try sandbox.mintGrant(clientID: Self.app.clientID, realmID: Self.realmID)
        _ = try await desk.credentials.saveSettings(
            ConnectionSettings(realmID: Self.realmID, refreshToken: Secret(grant.refreshToken)), by: .command("test"))
    }

    func enterStandardNumbers() async throws {
        let store = try present(StoreNumber(1))
        try await desk.books.save(
            BooksSettings(numbers: .standardRental, stores: [Store(number: store, name: "Main Street")]),
            by: .command("test"))
    }

    /// Lets the exporter work until nothing is due at once.
    func export(steps: Int = 60) async throws {
        try await exporter.start(.first)
        for _ in 0..<steps {
            switch try await exporter.step(.first) {
            case .now: continue
            case .at(let moment): sandbox.advance(by: .seconds(max(0, moment.timeIntervalSince(sandbox.now)) + 0.01))
            case .idle: return
            }
        }
    }

    /// Changes the company's AccountingInfoPrefs in QuickBooks.
    func changeCompany(preferences: String) async throws {
        _ = try await quickBooks(
            "preferences", #"{"Id":"1","SyncToken":"0","sparse":true,"AccountingInfoPrefs":\#(preferences)}"#)
    }

    /// Gives an account another number in QuickBooks.
    func renumber(_ id: String, to number: String) async throws {
        let answer = try await quickBooks("account/\(id)", nil)
        let account = try present((answer["Account"] as? [String: Any]))
        let members = [
            "Id": id, "SyncToken": try present(account["SyncToken"] as? String), "sparse": "true",
            "Name": try present(account["Name"] as? String), "AcctNum": number,
        ]
        let texts = members.map { "\"\($0.key)\":\($0.key == "sparse" ? "true" : "\"\($0.value)\"")" }
        _ = try await quickBooks("account", "{\(texts.joined(separator: ","))}")
    }

    private struct RefusedByQuickBooks: Error {
        let answer: String

        init(_ answer: String) { self.answer = answer }
    }

    /// What somebody does in QuickBooks itself; without a body it reads.
    private func quickBooks(_ path: String, _ body: String?) async throws -> [String: Any] {
        let token = try sandbox.mintGrant(clientID: Self.app.clientID, realmID: Self.realmID).accessToken
        var head = HTTPRequest(
            method: body == nil ? .get : .post, scheme: "http", authority: "localhost:8711",
            path: "/v3/company/\(Self.realmID)/\(path)?minorversion=75")
        head.headerFields = [
            .authorization: "Bearer \(token)", .accept: "application/json", .contentType: "application/json",
        ]
        let answer = try await sandbox.send(
            TransportRequest(head: head, body: Array((body ?? "").utf8)), deadline: .seconds(30))
        guard answer.statusCode == 200 else { throw RefusedByQuickBooks(String(decoding: answer.body, as: UTF8.self)) }
        return try present(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
    }

    func state(_ serial: Int64) async throws -> ExportState.Name {
        try present(try await desk.queue.export(serial: serial)).row.export.progress.state.name
    }
}
