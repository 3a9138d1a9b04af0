// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import HTTPTypes
import Testing

@Suite("The API that finds and anonymizes customers")
struct CustomersAPITests {
    private static let address = "/api/v1/customers"

    @Test("finds by name or number, refuses what is not settled, and anonymizes once it is")
    func anonymizes() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("1"), SiteFixture.invoice("2", customer: "Ann Lake"))
            try await fixture.visit { visitor in
                let found = try await visitor.open("\(Self.address)?search=ostr")
                #expect(found.status == 200 && found.text.contains("\"transactions\":2"), "\(found.text)")
                #expect(found.text.contains("\"name\":\"Ann Lake\""), "the name of the latest")
                #expect(try await visitor.open("\(Self.address)?id=C1").text == found.text)
                #expect(try await visitor.open("\(Self.address)?id=C1&search=ann").status == 400)
                #expect(try await visitor.open("\(Self.address)?limit=0").status == 400)
                #expect(try await visitor.open("\(Self.address)?search=nobody").text == "{\"customers\":[]}\n")

                let body = #"{"source":"counter","id":"C1"}"#
                let refused = try await visitor.call(.post, "\(Self.address)/anonymize", json: body)
                #expect(refused.status == 422 && refused.text.contains("export 1 (Pending), export 2 (Pending)"))
                #expect(!refused.text.contains("Ann"))
                _ = try await fixture.desk.queue.exclude(.inState(.pending), by: .command("pat"))
                let missing = try await visitor.call(
                    .post, "\(Self.address)/anonymize", json: #"{"source":"counter","id":"C2"}"#)
                #expect(missing.status == 422 && missing.text.contains("No stored transaction of “counter”"))
                let done = try await visitor.call(.post, "\(Self.address)/anonymize", json: body)
                #expect(done.status == 200 && done.text.contains("\"isDone\":true"), "\(done.text)")
                #expect(try await visitor.open("\(Self.address)?search=ann").text == "{\"customers\":[]}\n")
                #expect(try await visitor.open("\(Self.address)?search=former").text.contains("\"isAnonymized\":true"))
                let page = try await visitor.open("/exports/1")
                #expect(page.text.contains("Former customer ") && !page.text.contains("Ann"))
            }
        }
    }

    @Test("is for administrators and commands: no key may, whatever its scopes")
    func who() async throws {
        try await SiteFixture.open(hasDoor: true) { fixture in
            _ = try await fixture.signUpFirst()
            let key = try await fixture.key("all", Set(APIKey.Scope.allCases))
            try await fixture.visit { visitor in
                let refused = try await visitor.send(.get, Self.address, headers: key.headers)
                #expect(refused.status == 403 && refused.text.contains("No key may"))
            }
        }
    }
}
