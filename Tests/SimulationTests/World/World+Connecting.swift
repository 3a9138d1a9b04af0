// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox

/// **Connect to QuickBooks**, as a person does it with a browser.
extension World {
    /// Enters the app's keys, account numbers and stores, and connects.
    func setUp() async throws {
        let app = SandboxApp.development
        let keys = ConnectionSettings.Keys(clientID: app.clientID, clientSecret: Secret(app.clientSecret))
        try await worker.desk.credentials.saveApp(keys, by: .command("bookkeeper"))
        try await worker.desk.books.save(try Self.books(), by: .command("bookkeeper"))
        try await connect()
        try await worker.keeper.start(Self.connection)
        try await worker.exporter.start(Self.connection)
        openingBalance = try await trialBalance()
    }

    @discardableResult
    func connect() async throws -> Company {
        let browser = Secret("browser of the bookkeeper")
        let page = try await worker.desk.credentials.beginConnect(browser: browser, by: .command("pat"))
        let fields = try await consent(at: page)
        guard let code = fields["code"], let state = fields["state"], let realmID = fields["realmId"] else {
            throw WorldIsStuck("the consent page led back without a code")
        }
        return try await worker.desk.credentials.finishConnect(
            code: Secret(code), state: state, realmID: realmID, browser: browser, by: .command("bookkeeper")
        ).company
    }

    static func books() throws -> BooksSettings {
        let names = [
            ("Store 1 – Main Street", "Main Street"), ("Store 2 – Harbor", "Harbor"), ("Store 3 – Airport", "Airport"),
        ]
        let stores = names.enumerated().compactMap { index, name in
            StoreNumber(index + 1).map { Store(number: $0, name: name.1, className: name.0, departmentName: name.1) }
        }
        return BooksSettings(numbers: .standardRental, stores: stores)
    }

    private func consent(at page: URL) async throws -> [String: String] {
        let html = String(decoding: try await browse(.get, page).body, as: UTF8.self)
        var fields = html.matches(of: /type="hidden" name="([^"]*)" value="([^"]*)"/).map { field in
            "\(field.1)=\(Self.encoded(String(field.2).replacing("&amp;", with: "&")))"
        }
        fields += ["realmId=\(WorldPlan.realmID)", "decision=connect"]
        guard let action = html.firstMatch(of: /action="([^"]*)"/).map({ String($0.1) }),
            let url = URL(string: "http://localhost:8711\(action)")
        else { throw WorldIsStuck("the consent page has no form") }
        let answer = try await browse(.post, url, body: fields.joined(separator: "&"))
        guard let location = answer.head.headerFields[.location],
            let items = URLComponents(string: location)?.queryItems
        else { throw WorldIsStuck("the consent page led nowhere") }
        return Dictionary(items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
    }

    private func browse(_ method: HTTPRequest.Method, _ url: URL, body: String = "") async throws -> TransportResponse {
        let path = url.absoluteString.dropFirst("http://localhost:8711".count)
        var head = HTTPRequest(method: method, scheme: "http", authority: "localhost:8711", path: String(path))
        if !body.isEmpty { head.headerFields[.contentType] = "application/x-www-form-urlencoded" }
        return try await sandbox.send(TransportRequest(head: head, body: Array(body.utf8)), deadline: .seconds(8))
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
