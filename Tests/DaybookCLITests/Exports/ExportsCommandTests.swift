// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import Foundation
import Testing

@Suite("daybook exports", .timeLimit(.minutes(15)))
struct ExportsCommandTests {
    private struct Queue: Decodable {
        struct Export: Decodable {
            let serial: Int
            let state: String
        }

        let exports: [Export]
        let counts: [String: Int]
    }

    private struct Changes: Decodable {
        struct Changed: Decodable {
            let serial: Int
            let state: String
        }

        let changed: [Changed]
        let notThere: [Int]
    }

    private func decoded<Value: Decodable>(_ said: FinishedCommand, as type: Value.Type = Value.self) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(said.output.utf8))
    }

    private func takeThree(_ fixture: ServerFixture) async throws {
        let sample = try await fixture.daybook(["sample", "--seed", "1", "--days", "1"])
        let rows = sample.output.split(separator: "\n").prefix(3).joined(separator: "\n") + "\n"
        #expect(try await fixture.daybook(["import", "-", "--format", "ndjson"], input: rows).status == 0)
    }

    @Test(
        "everything that the pages can do with exports: held, released, excluded, included, shown, in words and in JSON"
    )
    func life() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            try await takeThree(fixture)
            let serving = try await fixture.serve()
            func exports(_ arguments: String...) async throws -> FinishedCommand {
                try await fixture.daybook(["exports"] + arguments)
            }
            let queue: Queue = try decoded(try await exports("--json"))
            #expect(queue.exports.map(\.serial) == [3, 2, 1] && queue.counts["pending"] == 3)
            #expect(try await exports("hold", "2").output == "1 export put on hold.\n")
            let changes: Changes = try decoded(try await exports("exclude", "2", "3", "--json"))
            #expect(changes.changed.map(\.state) == ["excluded", "excluded"])
            let refused = try await exports("release", "3", "9")
            #expect(refused.status == 1)
            #expect(
                refused.output
                    == "0 exports released.\nExport 3: It is not On hold.\nThere is no export 9.\n")
            #expect(try await exports("include", "--state", "excluded").output == "2 exports included again.\n")
            #expect(try await exports("reset").output == "0 exports reset.\n")
            let shown = try await exports("show", "2")
            #expect(
                shown.output.contains("From Pending to On hold.") && shown.output.contains("From Excluded to Pending."))
            #expect(shown.output.contains("debit") && shown.output.contains("Nothing has been sent yet."))
            #expect(try await exports("show", "2", "--json").output.contains("\"documentNumber\""))
            for (arguments, words) in [
                (["show", "9"], "There is no export “9”"), (["hold"], "Name the exports by their numbers"),
                (["hold", "1", "--state", "error"], "not by both"), (["hold", "--state", "lost"], "write one of"),
            ] {
                let wrong = try await fixture.daybook(["exports"] + arguments)
                #expect(wrong.status != 0 && wrong.errors.contains(words), "\(wrong)")
            }
            let lines = try await fixture.daybook(["audit", "list", "--object", "export 2"])
            #expect(lines.output.contains("exclude  export 2") && lines.output.contains("include  export 2"))
            #expect(await serving.end(with: SIGTERM) == 0)
        }
    }

    @Test("a named Daybook is used with a key of its API, as far as the key's scopes go")
    func key() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            try await takeThree(fixture)
            try await fixture.signUp()
            let made = try await fixture.daybook(["keys", "add", "desk", "--scope", "exports"])
            let secret = try #require(made.output.split(separator: "\n").last.map(String.init))
            let file = folder.appending(path: "key")
            try Data("\(secret)\n".utf8).write(to: file)
            let serving = try await fixture.serve()
            func elsewhere(_ arguments: [String], _ settings: [String: String] = [:]) async throws -> FinishedCommand {
                let place = ["--server", "http://127.0.0.1:\(fixture.port)"]
                return try await FinishedCommand.daybook(
                    arguments + place,
                    ["DAYBOOK_DATA_DIR": folder.appending(path: "other").path].merging(settings) { $1 })
            }
            #expect(try await elsewhere(["exports"]).status == 1, "without a key nobody is let in")
            let held = try await elsewhere(["exports", "hold", "1", "--api-key-file", file.path])
            #expect(held.output == "1 export put on hold.\n", "\(held)")
            #expect(try await elsewhere(["exports", "release", "1"], ["DAYBOOK_API_KEY": secret]).status == 0)
            let notIts = try await elsewhere(["exports", "exclude", "1"], ["DAYBOOK_API_KEY": secret])
            #expect(notIts.status == 1 && notIts.errors.contains("may not exclude exports"), "\(notIts)")
            try Data("hello".utf8).write(to: file)
            let wrong = try await elsewhere(["exports", "--api-key-file", file.path])
            #expect(wrong.status == 1 && wrong.errors.contains("holds no key of Daybook's"))
            let lone = try await fixture.daybook(["exports", "--api-key-file", file.path])
            #expect(lone.status != 0 && lone.errors.contains("--api-key-file goes with --server"))
            #expect(await serving.end(with: SIGTERM) == 0)
        }
    }
}
