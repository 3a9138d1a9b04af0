// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("daybook customers", .timeLimit(.minutes(15)))
struct CustomersCommandTests {
    private static func payment(_ id: String, of customer: String, _ name: String, source: String = "elite") -> String {
        """
        {"source": "\(source)", "store": 1, "id": "\(id)", "type": "payment", "date": "2014-11-16", "memo": "call Wilhelmina",
         "customer": {"id": "\(customer)", "name": "\(name)"}, "payments": [{"tender": "check", "amount": "88.00"}]}
        """
    }

    private static let three =
        "["
        + [
            payment("PAY-1", of: "C-1", "Wilhelmina Quillfeather"), payment("PAY-2", of: "C-2", "Bo Lake"),
            payment("PAY-3", of: "C-2", "Cy Young", source: "other"),
        ].joined(separator: ",") + "]"

    @Test(
        "finds and anonymizes a customer beside a running server, and in the folder itself", arguments: [true, false])
    func anonymizes(_ isServed: Bool) async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            func run(_ arguments: [String], _ status: Int32 = 0, says words: String) async throws {
                let said = try await fixture.daybook(arguments, input: Self.three)
                #expect(said.status == status, "\(arguments): \(said.errors)")
                #expect((status == 0 ? said.output : said.errors).contains(words), "\(arguments): \(said)")
            }
            let server = try await fixture.serve()
            try await run(["import", "-", "--format", "json", "--far-dates"], says: "3")
            try await run(
                ["customers", "anonymize", "C-1", "--yes"], 1,
                says: "not settled, and QuickBooks may still need the name: export 1")
            try await run(["exports", "exclude", "--state", "pending"], says: "3")
            if !isServed { _ = await server.end(with: SIGTERM) }

            try await run(["customers", "list", "quill"], says: "C-1  Wilhelmina Quillfeather  of elite")
            try await run(["customers", "list", "nobody"], says: "No customer fits.")
            try await run(["customers", "list", "--json", "lake"], says: "\"excluded\" : 1")
            try await run(["customers", "anonymize", "C-9", "--yes"], 1, says: "No customer has the number “C-9”")
            try await run(["customers", "anonymize", "C-2", "--yes"], 1, says: "Several systems have a customer “C-2”")
            try await run(["customers", "anonymize", "C-1"], 1, says: "Nobody can bring the name back")
            #expect(try fixture.isLeft("Quillfeather"))
            try await run(
                ["customers", "anonymize", "C-1", "--yes"], says: "Nothing of the name is left in the database's files."
            )
            #expect(try !fixture.isLeft("Quillfeather"))
            try await run(["customers", "list", "quillfeather"], says: "No customer fits.")
            try await run(
                ["customers", "anonymize", "C-2", "--source", "elite", "--yes", "--json"], says: "\"isDone\" : true")
            #expect(try !fixture.isLeft("Bo Lake") && fixture.isLeft("Cy Young"))
            try await run(["audit", "list", "--act", "anonymize-customer"], says: "1 transaction")
            try await run(["import", "-", "--format", "json", "--far-dates"], says: "3")
            #expect(try !fixture.isLeft("Quillfeather"))
            if isServed { _ = await server.end(with: SIGTERM) }
        }
    }

    @Test("a server anonymizes customers of long ago where it is set")
    func longAgo() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let server = try await fixture.serve()
            _ = try await fixture.daybook(["import", "-", "--format", "json", "--far-dates"], input: Self.three)
            _ = try await fixture.daybook(["exports", "exclude", "--state", "pending"])
            _ = await server.end(with: SIGTERM)
            let next = try await fixture.serve(["DAYBOOK_CUSTOMERS_YEARS": "5"])
            // Each turn asks the server, which takes some time, so the loop waits long enough. All three customers were
            // last seen long ago.
            var lines = ""
            for _ in 0..<2_000 where lines.split(separator: "\n").count < 3 {
                lines = try await fixture.daybook(["audit", "list", "--act", "anonymize-customer"]).output
            }
            #expect(lines.split(separator: "\n").count == 3 && lines.contains("retention"), "\(lines)")
            _ = await next.end(with: SIGTERM)
            for name in ["Quillfeather", "Bo Lake", "Cy Young"] {
                _ = try await fixture.daybook(["customers", "list", name])
            }
            let left = try await fixture.daybook(["customers", "list"])
            #expect(left.output == "No customer fits.\n", "\(left)")
        }
    }
}
