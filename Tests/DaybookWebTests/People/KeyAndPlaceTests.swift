// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Keys, and rights at certain places")
struct KeyAndPlaceTests {
    @Test("a key is shown once, opens what its scopes say, and nothing once it is revoked")
    func key() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            let pat = try await fixture.signUpFirst()
            try await fixture.visit { visitor in
                let none = try await visitor.call(.post, "/api/v1/transactions", json: SiteFixture.invoice("1"))
                #expect(none.status == 401 && none.headers[.wwwAuthenticate] == "Bearer")
                #expect(none.text.contains("Authorization: Bearer daybook_"))
                visitor.become(pat)
                let empty = try await visitor.submit("/keys", from: "/keys", [("name", "till")])
                #expect(empty.status == 422 && empty.words.contains("Choose at least one thing"))
                let made = try await visitor.submit(
                    "/keys", from: "/keys", [("name", "till"), ("scope", "transactions"), ("days", "30")])
                let key = String(try present(made.text.firstMatch(of: /value="(daybook_[a-z0-9]{52})"/)).1)
                let list = try await visitor.open("/keys")
                #expect(!list.text.contains(key) && list.text.contains(String(key.prefix(14))))
                visitor.become(nil)
                try await use(key, visitor)
                visitor.become(pat)
                _ = try await visitor.submit("/keys/1/revoke", from: "/keys")
                #expect(try await visitor.open("/keys").words.contains("revoked"))
                visitor.become(nil)
                let ended = try await visitor.send(.get, "/api/v1/exports", headers: [.authorization: "Bearer \(key)"])
                #expect(ended.status == 401 && ended.headers[.wwwAuthenticate] == "Bearer error=\"invalid_token\"")
                #expect(ended.text.contains("This key opens nothing") && !ended.text.contains(key))
            }
        }
    }

    private func use(_ key: String, _ visitor: Visitor) async throws {
        let headers: HTTPFields = [.authorization: "Bearer \(key)", .contentType: "application/json"]
        let taken = try await visitor.send(
            .post, "/api/v1/transactions", headers: headers, body: SiteFixture.invoice("1"))
        #expect(taken.status == 201)
        #expect(try await visitor.send(.get, "/api/v1/transactions/counter/1/1/1", headers: headers).status == 200)
        let queue = try await visitor.send(.get, "/api/v1/exports", headers: headers)
        #expect(queue.status == 403)
        #expect(queue.text.contains("The key “till” may not see this. A key with the scope read or exports"))
        let page = try await visitor.send(.get, "/exports", headers: headers)
        #expect(page.location == "/sign-in?next=%2Fexports", "a key opens no page")
        let connect = try await visitor.send(.post, "/api/v1/consents", headers: headers, body: "{}")
        #expect(connect.status == 403 && connect.text.contains("No key may"))
    }

    @Test("a key for one store brings in that store's transactions and no others, and sees no others")
    func keyOfStore() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            _ = try await fixture.signUpFirst()
            try await fixture.record(SiteFixture.invoice("1"))
            let two = try present(StoreNumber(2))
            let key = try await fixture.key("till 2", [.transactions, .read], stores: [two])
            try await fixture.visit { visitor in
                var headers = key.headers
                headers[.contentType] = "application/json"
                let both = "[\(SiteFixture.invoice("2", store: 2)),\(SiteFixture.invoice("3", store: 1))]"
                let refused = try await visitor.send(.post, "/api/v1/transactions", headers: headers, body: both)
                #expect(refused.status == 422 && refused.text.contains("your own stores only"))
                let partial = try await visitor.send(
                    .post, "/api/v1/transactions?partial=true", headers: headers, body: both)
                #expect(partial.status == 200)
                let list = try await visitor.send(.get, "/api/v1/exports", headers: headers).json()
                #expect((list["exports"] as? [[String: Any]])?.count == 1)
                #expect(list["total"] as? Int == 1)
                let counts = try await visitor.send(.get, "/api/v1/exports/counts", headers: headers).json()
                #expect(counts["total"] as? Int == 1)
                #expect(try await visitor.send(.get, "/api/v1/exports/1", headers: headers).status == 404)
                #expect(
                    try await visitor.send(.get, "/api/v1/transactions/counter/1/1/1", headers: headers).status == 404)
            }
            #expect(try await fixture.desk.queue.exports(matching: ExportFilter()).rows.count == 2)
        }
    }

    @Test("a bookkeeper of one store sees that store's exports and changes no others")
    func personOfStore() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            _ = try await fixture.signUpFirst()
            try await fixture.record(
                SiteFixture.invoice("1"), SiteFixture.invoice("2", store: 2, customer: "Bo Lindgren"),
                SiteFixture.invoice("3", store: 3, customer: "Cy Twine"))
            let kim = try await fixture.signUp(
                "kim", RoleAssignment(.bookkeeper, store: try present(StoreNumber(2))))
            let lee = try await fixture.signUp(
                "lee", RoleAssignment(.viewer, store: try present(StoreNumber(2))),
                RoleAssignment(.viewer, store: try present(StoreNumber(3))))
            try await fixture.visit { visitor in
                visitor.become(kim)
                let queue = try await visitor.open("/exports")
                #expect(queue.words.contains("Bo Lindgren") && !queue.words.contains("Ann Ostrander"))
                #expect(try await visitor.open("/exports/1").status == 404)
                #expect(try await visitor.open("/exports?store=1").words.contains("Ann Ostrander") == false)
                let held = try await visitor.post(
                    "/exports/hold", [("form-token", queue.formToken), ("serial", "1"), ("serial", "2")])
                #expect(try await visitor.follow(held).words.contains("There is no such export"))
                visitor.become(lee)
                let seen = try await visitor.open("/exports").words
                #expect(seen.contains("Bo Lindgren") && seen.contains("Cy Twine") && !seen.contains("Ann Ostrander"))
            }
            #expect(try await fixture.state(1) == .pending)
            #expect(try await fixture.state(2) == .onHold)
        }
    }

    @Test("a bookkeeper of one store who changes all in a state changes that store's alone")
    func wholeState() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            _ = try await fixture.signUpFirst()
            try await fixture.record(SiteFixture.invoice("1"), SiteFixture.invoice("2", store: 2))
            let two = try present(StoreNumber(2))
            let key = try await fixture.key("hold 2", [.exports], stores: [two])
            try await fixture.visit { visitor in
                var headers = key.headers
                headers[.contentType] = "application/json"
                let answer = try await visitor.send(
                    .post, "/api/v1/exports/hold", headers: headers, body: #"{"state":"pending"}"#)
                #expect(answer.text.contains("\"serial\":2") && !answer.text.contains("\"serial\":1"))
            }
            #expect(try await fixture.state(1) == .pending)
            #expect(try await fixture.state(2) == .onHold)
        }
    }

    @Test("somebody of two stores turns the pages of both as one list, with their counts")
    func severalStores() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            _ = try await fixture.signUpFirst()
            try await fixture.record((1...9).map { SiteFixture.invoice("\($0)", store: $0 % 3 + 1) })
            let stores = try Set([2, 3].map { try present(StoreNumber($0)) })
            let key = try await fixture.key("two", [.read], stores: stores)
            try await fixture.visit { visitor in
                var pages: [[Int]] = []
                var address = "/api/v1/exports?pageSize=2"
                func read(_ which: String) async throws -> String? {
                    let answer = try await visitor.send(.get, address, headers: key.headers).json()
                    pages.append(try present(answer["exports"] as? [[String: Any]]).compactMap { $0["serial"] as? Int })
                    #expect(answer["total"] as? Int == 6)
                    #expect((answer["counts"] as? [String: Int])?["pending"] == 6)
                    return (answer["cursors"] as? [String: String])?[which]
                }
                for _ in 0..<4 {
                    guard let next = try await read("older") else { break }
                    address = "/api/v1/exports?pageSize=2&cursor=\(next)"
                }
                #expect(pages == [[8, 7], [5, 4], [2, 1]])
                pages = []
                for _ in 0..<4 {
                    guard let next = try await read("newer") else { break }
                    address = "/api/v1/exports?pageSize=2&cursor=\(next)"
                }
                #expect(pages == [[2, 1], [5, 4], [8, 7]])
            }
        }
    }

    @Test("somebody of one company finds no page of another")
    func company() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            try await fixture.connect()
            _ = try await fixture.signUpFirst()
            let kim = try await fixture.signUp("kim", RoleAssignment(.viewer, company: .first))
            let second = try await fixture.desk.credentials.saveSettings(
                ConnectionSettings(
                    connection: nil, clientID: SiteFixture.app.clientID, realmID: SiteFixture.otherRealmID,
                    refreshToken: Secret(
                        try fixture.sandbox.mintGrant(
                            clientID: SiteFixture.app.clientID, realmID: SiteFixture.otherRealmID
                        ).refreshToken)), by: .command("test"))
            let id = second.connection.value
            try await fixture.visit { visitor in
                visitor.become(kim)
                #expect(try await visitor.open("/connections/1").status == 200)
                #expect(try await visitor.open("/connections/\(id)").status == 404)
                #expect(try await visitor.open("/connections/\(id)/history").status == 404)
                #expect(try await visitor.open("/api/v1/connections/\(id)").status == 404)
                for list in ["/connections", "/api/v1/connections", "/exports"] {
                    let text = try await visitor.open(list).text
                    #expect(!text.contains(second.company.name), "\(list)")
                }
            }
        }
    }

    @Test("a command of the data folder may do everything, and one of another folder nothing")
    func command() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            _ = try await fixture.signUpFirst()
            let other = ServerIdentity(Array(2...33))
            #expect(fixture.identity.isCommand(fixture.identity.commandToken.reveal()))
            #expect(!fixture.identity.isCommand(other.commandToken.reveal()) && !fixture.identity.isCommand(""))
            #expect(fixture.identity.commandToken.reveal() != fixture.identity.name)
            try await fixture.visit { visitor in
                for (identity, status) in [(fixture.identity, 200), (other, 401)] {
                    let answer = try await visitor.send(
                        .get, "/api/v1/connections",
                        headers: [.authorization: "DaybookFolder \(identity.commandToken.reveal())"])
                    #expect(answer.status == status)
                }
            }
        }
    }
}
