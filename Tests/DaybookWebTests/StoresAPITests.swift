// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
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
}
