// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// The command of the first page of the README, as a process.
@Suite("daybook demo", .serialized, .timeLimit(.minutes(15)))
struct DemoTests {
    private static let members: Set<String> = [
        "transactions", "exported", "errors", "duplicates", "missing", "trialBalanceDifference", "seconds",
    ]

    private struct Line: Decodable {
        let transactions: Int
        let exported: Int
        let errors: Int
        let duplicates: Int
        let missing: Int
        let trialBalanceDifference: Decimal
        let seconds: Double
    }

    private func demo(_ arguments: String...) async throws -> Line {
        let ended = try await FinishedCommand.daybook(["demo", "--once", "--json"] + arguments)
        #expect(ended.status == 0, "\(ended.errors)")
        #expect(ended.errors.isEmpty, "\(ended.errors)")
        let lines = ended.output.split(separator: "\n")
        #expect(lines.count == 1)
        let data = Data(try #require(lines.last).utf8)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(Set(object.keys) == Self.members)
        return try JSONDecoder().decode(Line.self, from: data)
    }

    private func expectPerfect(_ line: Line) {
        #expect(line.transactions >= 80)
        #expect(line.exported == line.transactions)
        #expect(line.errors == 0)
        #expect(line.duplicates == 0)
        #expect(line.missing == 0)
        #expect(line.trialBalanceDifference == 0)
        #expect(line.seconds > 0)
    }

    @Test("a day of trade is in the books once, to the cent, and one line of JSON says so")
    func once() async throws { expectPerfect(try await demo("--days", "1")) }

    @Test("the same with everything going wrong now and then", arguments: ["ignored", "honoured", "answers6000"])
    func mishaps(_ requestIDs: String) async throws {
        expectPerfect(try await demo("--mishaps", "--request-ids", requestIDs, "--days", "2", "--no-throttles"))
    }

    @Test("without --json it ends in a table; when it is stopped it leaves no process and no data behind")
    func table() async throws {
        try await withFolder { folder in
            let ended = try await FinishedCommand.daybook(
                ["demo", "--once", "--days", "1", "--no-throttles"], ["TMPDIR": folder.path])
            #expect(ended.status == 0, "\(ended.errors)")
            let rows = ["Documents in QuickBooks Online", "Errors", "Duplicates", "Missing", "Trial balance"]
            for row in rows { #expect(ended.output.contains("  \(row) ")) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test("a number of days out of range is answered with an example")
    func days() async throws {
        let refused = try await FinishedCommand.daybook(["demo", "--days", "0"])
        #expect(refused.status != 0)
        #expect(refused.errors.contains("--days takes 1 to 366, for example 7."))
    }
}
