// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite(
    "Anonymizing a customer, and SIGKILL at any write of it",
    .enabled(if: Strace.mayRun, "\(Strace.reasonForSkipping)"), .timeLimit(.minutes(15)))
struct KilledAnonymizingTests {
    /// Seven steps of fifty, and a rest.
    private static let count = 370

    private static let bills =
        "["
        + (1...count).map { number in
            """
            {"source": "elite", "store": 1, "id": "PAY-\(number)", "type": "payment", "date": "2014-11-16",
             "customer": {"id": "C-1", "name": "Wilhelmina Quillfeather"},
             "payments": [{"tender": "check", "amount": "\(number).25"}]}
            """
        }.joined(separator: ",") + "]"

    @Test(
        "each run goes on from the last one, a server ends it, and only the name is gone", arguments: [UInt64(11), 12])
    func anyWrite(seed: UInt64) async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let before = try await served(fixture) {
                let taken = try await fixture.daybook(
                    ["import", "-", "--format", "json", "--far-dates"], input: Self.bills)
                let excluded = try await fixture.daybook(["exports", "exclude", "--state", "pending"])
                #expect(taken.status == 0 && excluded.status == 0, "\(taken.errors)\(excluded.errors)")
                return try await amounts(fixture)
            }
            #expect(before.count == Self.count)

            var generator = SeededGenerator(seed: seed)
            // The first fifteen writes open the database and decide; a command that is killed before has begun nothing.
            for range in [1...15, 20...30, 16...30, 16...30] {
                let number = Int.random(in: range, using: &generator)
                #expect(try await isKilled(fixture, at: number), "seed \(seed): a whole run has more writes")
            }
            #expect(try fixture.isLeft("Quillfeather"), "seed \(seed): the server has nothing to end")
            let decided = try await fixture.daybook(["audit", "list", "--act", "anonymize-customer"])
            #expect(decided.output.contains("\(Self.count) transactions"), "seed \(seed): \(decided)")

            let after = try await served(fixture) {
                // Each look asks the server, which takes its time.
                for _ in 0..<500 where try fixture.isLeft("Quillfeather") {
                    _ = try await fixture.daybook(["customers", "list"])
                }
                return try await amounts(fixture)
            }
            #expect(try after == before && !fixture.isLeft("Quillfeather"), "seed \(seed)")
            let again = try await fixture.daybook(
                ["import", "-", "--format", "json", "--far-dates"], input: Self.bills)
            #expect(again.output.contains("\(Self.count) were there already"), "\(again)")
            let trail = try await fixture.daybook(["audit", "list", "--act", "anonymize-customer"])
            #expect(trail.output.split(separator: "\n").count == 1, "seed \(seed): \(trail.output)")
            #expect(try await fixture.daybook(["audit", "verify"]).status == 0)
        }
    }

    private func served<Value>(_ fixture: ServerFixture, _ body: () async throws -> Value) async throws -> Value {
        let server = try await fixture.serve()
        let value = try await body()
        #expect(await server.end(with: SIGTERM) == 0)
        return value
    }

    /// Whether the command was killed before its `number`th write to the database, by a thread of it.
    private func isKilled(_ fixture: ServerFixture, at number: Int) async throws -> Bool {
        guard let strace = Strace.program else { throw CommandFailure("strace is not installed") }
        let files = ["daybook.db", "daybook.db-wal"].flatMap { ["-P", fixture.data.appending(path: $0).path] }
        let starter =
            [strace.path, "-f", "-o", "/dev/null", "-e", "trace=pwrite64"]
            + ["-e", "inject=pwrite64:signal=SIGKILL:when=\(number)"] + files
        let ended = try await FinishedCommand.daybook(
            ["customers", "anonymize", "C-1", "--yes"], fixture.environment, by: starter)
        return ended.status == SIGKILL
    }

    private func amounts(_ fixture: ServerFixture) async throws -> [String] {
        let said = try await fixture.daybook(["exports", "list", "--json", "--most", "500"])
        return said.output.matches(of: /"amount" : "[0-9.]+"/).map { String($0.0) }.sorted()
    }
}
