// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("daybook import, beside a running daybook serve", .timeLimit(.minutes(15)))
struct ImportThroughServerTests {
    @Test("a file that is more than a server takes is refused at once, with the limit and the two ways out")
    func tooLarge() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let serving = try await fixture.serve()
            let file = folder.appending(path: "year.csv")
            // It would be full of mistakes; it is refused before anybody reads it.
            try Data(repeating: UInt8(ascii: "x"), count: (32 << 20) + 1).write(to: file)
            let refused = try await fixture.daybook(["import", file.path])
            #expect(refused.status != 0 && refused.output.isEmpty)
            #expect(
                refused.errors.contains("The files have 32.1 MiB, and a running server takes 32 MiB at once"))
            #expect(refused.errors.contains("Split the file, or stop the server"))
            _ = await serving.end(with: SIGTERM)
        }
    }

    @Test("a conflict in the second of two files is named with that file and its line, and a dry run counts the rest")
    func conflictsByFile() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let serving = try await fixture.serve()
            let (monday, tuesday) = (folder.appending(path: "monday.csv"), folder.appending(path: "tuesday.csv"))
            try Data(Fixtures.good.utf8).write(to: monday)
            try Data(Fixtures.changed.utf8).write(to: tuesday)
            let refused = try await fixture.daybook(["import", monday.path, tuesday.path])
            #expect(refused.status != 0 && refused.output.isEmpty)
            #expect(refused.errors.contains("\(tuesday.path): line 2, elite/1/PAY-1/1 is there already"))
            let dry = try await fixture.daybook(["import", monday.path, tuesday.path, "--dry-run", "--partial"])
            #expect(dry.output.hasSuffix("\n3 transactions could be taken; nothing was.\n"), "\(dry)")
            _ = await serving.end(with: SIGTERM)
        }
    }

    @Test("the files go through the server: taken, repeated, in conflict and in part, as without one")
    func throughServer() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let serving = try await fixture.serve()
            func take(_ text: String, _ arguments: String...) async throws -> FinishedCommand {
                try await fixture.daybook(["import", "-", "--format", "csv"] + arguments, input: text)
            }

            let dry = try await take(Fixtures.good, "--dry-run")
            #expect(dry.output.hasSuffix("\n2 transactions could be taken; nothing was.\n"), "\(dry)")
            let mistaken = try await take(Fixtures.mixed)
            #expect(mistaken.status != 0)
            #expect(mistaken.errors.contains("line 4, amount “12,50”"))
            let first = try await take(Fixtures.good)
            #expect(first.status == 0)
            #expect(first.errors == "Into the running Daybook at http://127.0.0.1:\(fixture.port).\n")
            #expect(first.output == "2 transactions taken, 0 were there already.\n")
            let again = try await take(Fixtures.good)
            #expect(again.output == "0 transactions taken, 2 were there already.\n")

            let conflict = try await take(Fixtures.changed)
            #expect(conflict.status != 0)
            #expect(conflict.errors.contains("line 2, elite/1/PAY-1/1 is there already with other content"))
            let partial = try await take(Fixtures.changed, "--partial")
            #expect(partial.status == 1)
            #expect(partial.output == "1 transaction taken, 0 were there already.\n")

            let listed = try await fixture.daybook(["exports", "--state", "pending"])
            #expect(listed.output.contains("pending: 3\n"))
            #expect(listed.output.matches(of: /pending, waiting for connection/).count == 3)
            _ = await serving.end(with: SIGTERM)
        }
    }
}
