// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("daybook sample")
struct SampleTests {
    @Test("the same seed gives the same bytes, another seed others", arguments: ["ndjson", "csv"])
    func seeded(_ format: String) async throws {
        let arguments = ["sample", "--days", "2", "--format", format, "--seed"]
        let one = try await FinishedCommand.daybook(arguments + ["7"])
        let same = try await FinishedCommand.daybook(arguments + ["7"])
        #expect(one.status == 0)
        #expect(!one.output.isEmpty && one.output == same.output)
        #expect(try await FinishedCommand.daybook(arguments + ["8"]).output != one.output)
    }

    @Test("CSV and NDJSON are the same trade: imported after each other, all are repeats")
    func formatsAgree() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let arguments = ["sample", "--days", "2", "--seed", "7", "--format"]
            let csv = try await fixture.daybook(arguments + ["csv"])
            let ndjson = try await fixture.daybook(arguments + ["ndjson"])
            let count = ndjson.output.split(separator: "\n").count
            #expect(count >= 160)
            let first = try await fixture.daybook(["import", "-", "--format", "csv"], input: csv.output)
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.errors == "Into the data folder \(fixture.data.path).\n")
            #expect(first.output == "\(count) transactions taken, 0 were there already.\n")
            let second = try await fixture.daybook(["import", "-", "--format", "ndjson"], input: ndjson.output)
            #expect(second.output == "0 transactions taken, \(count) were there already.\n")
        }
    }

    @Test(
        "a mistyped option is answered with an example",
        arguments: [
            ("--days", "0", "1 to 3650"), ("--start", "2.11.2026", "YYYY-MM-DD"), ("--format", "xls", "csv"),
        ])
    func mistyped(_ option: String, _ value: String, _ remedy: String) async throws {
        let refused = try await FinishedCommand.daybook(["sample", option, value])
        #expect(refused.status != 0)
        #expect(refused.output.isEmpty)
        #expect(refused.errors.contains(remedy))
    }
}
