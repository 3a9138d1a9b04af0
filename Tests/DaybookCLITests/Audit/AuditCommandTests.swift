// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import Foundation
import Testing

@Suite("daybook audit", .timeLimit(.minutes(15)))
struct AuditCommandTests {
    private struct Line: Decodable {
        let serial: Int
        let kind: String
        let actor: String
        let act: String
        let object: String?
        let after: String?
    }

    private struct Report: Decodable {
        let count: Int
        let isWhole: Bool
        let findings: [String]
        let anchor: String?
    }

    private func decoded<Value: Decodable>(_ said: FinishedCommand, as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(said.output.utf8))
    }

    /// As somebody does who can write the file.
    private func tamper(_ fixture: ServerFixture, _ sql: String) async throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1])
            database.executescript(sys.argv[2])
            database.commit()
            """, fixture.data.appending(path: "daybook.db").path,
            "DROP TRIGGER IF EXISTS audit_entries_never_change; DROP TRIGGER IF EXISTS audit_entries_never_vanish; "
                + sql,
        ]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CommandFailure("the database can't be changed") }
    }

    @Test("lists who did what beside a running server and without one; the anchor tells what is missing at the end")
    func life() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            func audit(_ arguments: String...) async throws -> FinishedCommand {
                try await fixture.daybook(["audit"] + arguments)
            }
            let none = try await audit()
            #expect(none.status == 1 && none.errors.contains(fixture.data.path), "\(none)")
            for name in ["one", "two", "three"] {
                #expect(try await fixture.daybook(["keys", "add", name, "--scope", "read"]).status == 0)
            }
            let serving = try await fixture.serve()
            let lines: [Line] = try decoded(try await audit("list", "--act", "add-key", "--json"))
            #expect(lines.map(\.object) == ["key 3 (three)", "key 2 (two)", "key 1 (one)"])
            #expect(lines.allSatisfy { $0.kind == "command" && $0.after == "read; every store" })
            #expect(try await audit("list", "--actor", "nobody").output == "No line of the trail fits.\n")
            #expect(await serving.end(with: SIGTERM) == 0)

            let whole: Report = try decoded(try await audit("verify", "--json"))
            #expect(whole.isWhole && whole.findings.isEmpty)
            let anchor = try await audit("anchor").output
            #expect(anchor == whole.anchor.map { $0 + "\n" })
            let file = folder.appending(path: "anchor")
            try Data(anchor.utf8).write(to: file)
            #expect(try await audit("verify", "--anchor", file.path).output.contains("reaches the anchor"))

            try await tamper(fixture, "UPDATE audit_entries SET actor = 'kim' WHERE object = 'key 2 (two)'")
            let changed = try await audit("verify", "--json")
            let report: Report = try decoded(changed)
            #expect(changed.status == 1 && !report.isWhole && report.findings.count == 1)
            #expect(report.findings.first?.contains("is not as it was written") == true)

            try await tamper(
                fixture,
                """
                UPDATE audit_entries SET actor = 'command line' WHERE actor = 'kim';
                DELETE FROM audit_entries WHERE serial = (SELECT max(serial) FROM audit_entries);
                """)
            #expect(try await audit("verify").status == 0, "without an anchor nothing is missed at the end")
            let cut = try await audit("verify", "--anchor", file.path)
            #expect(cut.status == 1 && cut.output.contains("is missing."), "\(cut)")
        }
    }

    @Test("what can't be is refused in words")
    func refusals() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            #expect(try await fixture.daybook(["keys"]).status == 0)
            let cases = [
                (["list", "--act", "dance"], "There is no act “dance”"),
                (["list", "--since", "monday"], "takes a day such as"),
                (["list", "--limit", "0"], "--limit takes 1 to 500"), (["verify", "--anchor", "x"], "“x” is neither"),
                (["list", "--file", "/dev/null"], "/dev/null"), (["anchor"], "has no line yet"),
            ]
            for (arguments, words) in cases {
                let said = try await fixture.daybook(["audit"] + arguments)
                #expect(said.status != 0 && said.errors.contains(words), "\(arguments): \(said)")
            }
        }
    }
}
