// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import HTTPTypes
import Testing

@Suite("The page Customers")
struct CustomerPageTests {
    @Test("finds a customer, has a button once all is settled, and asks whether it is meant")
    func anonymizes() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("1"))
            try await fixture.visit { visitor in
                let unsettled = try await visitor.open("/customers?search=ostr")
                #expect(unsettled.status == 200 && unsettled.text.contains("once all is settled"))
                #expect(unsettled.text.contains("1 Pending") && !unsettled.text.contains("Anonymize Ann"))
                _ = try await fixture.desk.queue.exclude(.inState(.pending), by: .command("pat"))
                #expect(try await visitor.open("/customers").text.contains("Anonymize Ann Ostrander"))

                let fields = [("source", "counter"), ("id", "C1")]
                let unsure = try await visitor.submit("/customers/anonymize", from: "/customers", fields)
                #expect(unsure.location == "/customers")
                #expect(try await visitor.open("/customers").text.contains("be brought back"))
                _ = try await visitor.submit(
                    "/customers/anonymize", from: "/customers", fields + [("sure", "yes")])
                let done = try await visitor.open("/customers?search=former")
                #expect(done.text.contains("Nothing of the name is left") && done.text.contains("anonymized"))
                #expect(!done.text.contains("Ostrander"))
                #expect(try await visitor.open("/customers?search=ostrander").text.contains("No customer fits."))
            }
        }
    }
}
