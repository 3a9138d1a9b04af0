// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("daybook import, with nobody else at the data folder")
struct ImportTests {
    /// Writes each file to a file of a folder of the test's own.
    private func withFiles(_ files: [String: String], _ body: (Desk) async throws -> Void) async throws {
        try await withFolder { folder in
            for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
            try await body(Desk(folder: folder))
        }
    }

    private struct Desk {
        let folder: URL

        func path(_ name: String) -> String { folder.appending(path: name).path }

        func take(_ arguments: String..., input: String = "") async throws -> FinishedCommand {
            try await FinishedCommand.daybook(
                ["import"] + arguments.map { $0.contains(".") ? path($0) : $0 },
                ["DAYBOOK_DATA_DIR": path("data")], input: input)
        }
    }

    @Test("good rows are taken; the same file again takes nothing and is no mistake")
    func twice() async throws {
        try await withFiles(["monday.csv": Fixtures.good]) { desk in
            let first = try await desk.take("monday.csv")
            #expect(first.status == 0, "\(first.errors)")
            #expect(first.output == "2 transactions taken, 0 were there already.\n")
            #expect(first.errors == "Into the data folder \(desk.path("data")).\n")
            let second = try await desk.take("monday.csv")
            #expect(second.status == 0)
            #expect(second.output == "0 transactions taken, 2 were there already.\n")
        }
    }

    @Test("every mistake is listed with file, line, field, value and remedy, and nothing is taken")
    func mistakes() async throws {
        try await withFiles(["monday.csv": Fixtures.mixed, "good.csv": Fixtures.good]) { desk in
            let refused = try await desk.take("monday.csv")
            #expect(refused.status != 0)
            #expect(refused.output.isEmpty)
            let lines = refused.errors.split(separator: "\n")
            let file = desk.path("monday.csv")
            #expect(lines.contains { $0.hasPrefix("\(file): line 4, date “16.11.2026”: write ") })
            #expect(lines.contains { $0.hasPrefix("\(file): line 4, amount “12,50”: write digits with ") })
            #expect(lines.contains { $0.hasPrefix("\(file): line 5, tender “beads”: write one of cash, ") })
            #expect(refused.errors.contains("3 mistakes; nothing was taken."))
            #expect(refused.errors.contains("--partial"))
            let after = try await desk.take("good.csv")
            #expect(after.output == "2 transactions taken, 0 were there already.\n")
        }
    }

    @Test("--partial takes the good rows, lists the others, and says so by its exit")
    func partial() async throws {
        try await withFiles(["monday.csv": Fixtures.mixed, "good.csv": Fixtures.good]) { desk in
            let partial = try await desk.take("monday.csv", "--partial")
            #expect(partial.status == 1)
            #expect(partial.output == "2 transactions taken, 0 were there already.\n")
            #expect(partial.errors.contains("line 5, tender “beads”"))
            let after = try await desk.take("good.csv")
            #expect(after.output == "0 transactions taken, 2 were there already.\n")
        }
    }

    @Test("--dry-run takes nothing")
    func dryRun() async throws {
        try await withFiles(["monday.csv": Fixtures.good]) { desk in
            let dry = try await desk.take("monday.csv", "--dry-run")
            #expect(dry.status == 0)
            #expect(dry.output.hasPrefix("Money by account (debit, credit):\n"), "\(dry)")
            #expect(dry.output.contains("\nBy day and store:\n  "), "\(dry)")
            #expect(dry.output.hasSuffix("\n2 transactions could be taken; nothing was.\n"), "\(dry)")
            let real = try await desk.take("monday.csv")
            #expect(real.output == "2 transactions taken, 0 were there already.\n")
        }
    }

    @Test("a number that is there with other content is a conflict in words; nothing beside it is taken")
    func conflict() async throws {
        try await withFiles(["monday.csv": Fixtures.good, "tuesday.csv": Fixtures.changed]) { desk in
            _ = try await desk.take("monday.csv")
            let refused = try await desk.take("tuesday.csv")
            #expect(refused.status != 0)
            #expect(refused.output.isEmpty)
            #expect(refused.errors.contains("\(desk.path("tuesday.csv")): line 2, elite/1/PAY-1/1 is there already"))
            #expect(refused.errors.contains("nothing was taken"))
            let partial = try await desk.take("tuesday.csv", "--partial")
            #expect(partial.status == 1)
            #expect(partial.output == "1 transaction taken, 0 were there already.\n")
        }
    }

    @Test("two files that contradict each other conflict before anything is taken")
    func contradiction() async throws {
        try await withFiles(["monday.csv": Fixtures.good, "tuesday.csv": Fixtures.changed]) { desk in
            let refused = try await desk.take("monday.csv", "tuesday.csv")
            #expect(refused.status != 0)
            #expect(refused.errors.contains("elite/1/PAY-1/1"))
            let after = try await desk.take("monday.csv")
            #expect(after.output == "2 transactions taken, 0 were there already.\n")
        }
    }

    @Test("standard input needs its format named")
    func standardInput() async throws {
        try await withFiles([:]) { desk in
            let unsaid = try await desk.take("-", input: Fixtures.json)
            #expect(unsaid.status != 0)
            #expect(unsaid.errors.contains("--format json"))
            let said = try await desk.take("-", "--format", "json", input: Fixtures.json)
            #expect(said.status == 0, "\(said.errors)")
            #expect(said.output == "1 transaction taken, 0 were there already.\n")
        }
    }

    @Test("an unknown ending and a missing file are named, and nothing is taken")
    func unreadable() async throws {
        try await withFiles(["monday.xls": Fixtures.good, "good.csv": Fixtures.good]) { desk in
            let ending = try await desk.take("good.csv", "monday.xls")
            #expect(ending.status != 0)
            #expect(ending.errors.contains("monday.xls") && ending.errors.contains("--format csv"))
            let missing = try await desk.take("good.csv", "nowhere.csv")
            #expect(missing.status != 0)
            #expect(missing.errors.contains("nowhere.csv") && missing.errors.contains("can't be read"))
            let after = try await desk.take("monday.xls", "--format", "csv")
            #expect(after.output == "2 transactions taken, 0 were there already.\n")
        }
    }
}
