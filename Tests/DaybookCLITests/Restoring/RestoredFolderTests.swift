// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import Testing

/// The real `daybook serve` over a data folder that was copied in the middle of a drain and put back after it.
@Suite("A restored data folder", .serialized)
struct RestoredFolderTests {
    @Test(
        "books nothing twice, says that it is one, and needs nobody; nor does an empty one that a person asked for",
        .timeLimit(.minutes(15)))
    func restored() async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let drain = try await RestoredDrain(fixture)
                let daybook = try await drain.copyInTheMiddle()
                try await drain.finish(daybook)

                let restored = try await drain.restore()
                try await drain.sendAgain()
                for arguments in [["connection", "show"], ["connection"]] {
                    let connection = try await FinishedCommand.daybook(arguments, fixture.environment)
                    #expect(connection.output.contains("restored copy"), "\(connection.output) \(connection.errors)")
                }
                try await drain.expectEachOnce()
                #expect(try restored.errors().contains("the database is a restored copy"))
                _ = await restored.end(with: SIGTERM)

                try drain.removeDatabase()
                let refused = try await FinishedCommand.daybook(["serve"], fixture.environment)
                #expect(refused.status != 0 && refused.output.isEmpty)
                #expect(refused.errors.contains("There is no database (daybook.db)"), "\(refused.errors)")
                #expect(refused.errors.contains("--start-empty"))
                let empty = try await drain.startEmpty()
                try await drain.sendAgain()
                try await drain.expectEachOnce()
                _ = await empty.end(with: SIGTERM)
            }
        }
    }
}
