// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

/// The first morning: the app's keys, Connect to QuickBooks, the account numbers.
extension ProgramsFixture {
    private struct Consent: Decodable {
        let url: String
    }

    private struct Connection: Decodable {
        let status: String
    }

    private struct Saved: Decodable {}

    func connect() async throws {
        let (app, realm) = try await developmentCompany()
        try await sandbox.registerRedirect(
            "http://localhost:\(listen.port)/connection/callback", clientID: app.clientId)
        let keys = ["clientId": app.clientId, "clientSecret": app.clientSecret]
        _ = try await server.send(.put, "/api/v1/app", keys, as: Saved.self)
        let begun = try await server.call(
            .post, "/api/v1/consents", body: Array(#"{"connection":1}"#.utf8), contentType: "application/json")
        let consent = try JSONDecoder().decode(Consent.self, from: Data(begun.body))
        guard let cookie = begun.head.headerFields[.setCookie]?.split(separator: ";").first,
            let page = URL(string: consent.url)
        else { throw CommandFailure("no consent was begun (status \(begun.statusCode))") }
        let status = try await browse(try await sandbox.consent(at: page, realm: realm), cookie: String(cookie))
        guard try await server.get("/api/v1/connections/1", as: Connection.self).status == "connected" else {
            throw CommandFailure("the consent did not connect (the callback answered \(status))")
        }
    }

    func fillAccountNumbers() async throws {
        struct Number: Encodable {
            let store: Int
            let role: String
            let number: String
        }
        struct Store: Encodable {
            let number: Int
            let name: String
        }
        struct Body: Encodable {
            let stores: [Store]
            let numbers: [Number]
        }
        let numbers = AccountNumbers.standardRental.numbers.map { slot, number in
            Number(store: slot.store.value, role: slot.role.code, number: number.text)
        }
        let body = Body(stores: (1...3).map { Store(number: $0, name: "Store \($0)") }, numbers: numbers)
        _ = try await server.send(.put, "/api/v1/account-numbers", body, as: Saved.self)
    }
}
