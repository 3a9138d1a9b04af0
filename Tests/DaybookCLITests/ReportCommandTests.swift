// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import DaybookWeb
import Foundation
import Testing

@Suite("daybook connection test", .timeLimit(.minutes(15)))
struct ReportCommandTests {
    private func tested(_ fixture: ProgramsFixture, _ arguments: String...) async throws -> FinishedCommand {
        try await FinishedCommand.daybook(["connection", "test"] + arguments, fixture.environment)
    }

    @Test("a server and the folder alone tell the same, with the numbers in use and the right to write")
    func bothBackends() async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let serving = try await fixture.startDaybook()
                try await fixture.connect()
                try await fixture.fillAccountNumbers()
                let served = try await tested(fixture, "--json")
                _ = await serving.end(with: SIGTERM)
                #expect(served.status == 0, "\(served.errors)")
                #expect(try await tested(fixture, "--json").output == served.output)
                let report = try JSONDecoder().decode(ConnectionTestResponse.self, from: Data(served.output.utf8))
                #expect(report.mayWrite == true)
                #expect(report.numbers.contains { $0.store == 1 && $0.role == "rental" && $0.number == "4000" })
                let lines = try await tested(fixture).output
                #expect(lines.contains("\nAccounts in use: \(report.numbers.count), all in order\n"))
                #expect(lines.contains("\n  store 1  rental  4000 · Rental Income\n"))
            }
        }
    }
}
