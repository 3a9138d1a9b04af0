// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import HTTPTypes
import Testing

@Suite("The API that shows stores")
struct StoresAPITests {
    @Test("names each store's connection, also of those that are known only by a number")
    func list() async throws {
        try await SiteFixture.open { fixture in
            let two = try present(StoreNumber(2))
            var books = BooksSettings(stores: [Store(number: .defaults, name: "Main Street")])
            books.numbers[two, AccountRole(.cashDrawer)] = AccountNumber("1051")
            try await fixture.desk.books.save(books, by: .command("test"))
            try await fixture.visit { visitor in
                let answer = try await visitor.open("/api/v1/stores")
                #expect(
                    answer.text
                        == #"{"stores":[{"connection":1,"name":"Main Street","number":1},{"connection":1,"number":2}]}"#
                        + "\n"
                )
            }
        }
    }

    @Test("confirms a store with its name and company, and refuses what is none in words")
    func confirm() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let path = "/api/v1/stores/7"
                let confirmed = try await visitor.call(.put, path, json: #"{"name":"Harbor","connection":1}"#)
                #expect(confirmed.status == 200 && confirmed.text.contains(#""moved":0"#))
                #expect(try await visitor.open("/api/v1/stores").text.contains(#""name":"Harbor","number":7"#))
                #expect(try await visitor.call(.put, path, json: #"{"name":" "}"#).status == 422)
                #expect(try await visitor.call(.put, "/api/v1/stores/0", json: #"{"name":"Harbor"}"#).status == 404)
                let missing = try await visitor.call(.put, path, json: #"{"name":"Harbor","connection":9}"#)
                #expect(missing.status == 422 && missing.text.contains("There is no connection 9."))
            }
        }
    }
}
