// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import Testing

@Suite("Scenario 7 with the real program: a torn token journal", .timeLimit(.minutes(5)))
struct TornTokenJournalTests {
    @Test("Daybook starts, says so in its log, and overwrites nothing")
    func torn() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let first = try await fixture.serve()
            _ = await first.end(with: SIGTERM)
            #expect(try !first.errors().contains("tokens.journal"))
            let journal = fixture.data.appending(path: "tokens.journal")
            // The start of a record, as a power cut leaves it.
            let torn = try Data(contentsOf: journal) + Data("\u{1}DTJ".utf8) + Data(repeating: 7, count: 60)
            try torn.write(to: journal)
            for _ in 1...2 {
                let next = try await fixture.serve()
                _ = await next.end(with: SIGTERM)
                #expect(try Data(contentsOf: journal) == torn)
            }
            let said = try first.errors().split(separator: "\n").filter { $0.contains("tokens.journal") }
            #expect(said.count == 2)
            #expect(said.allSatisfy { $0.contains(" warning ") && $0.contains("bytes=64") })
        }
    }
}
