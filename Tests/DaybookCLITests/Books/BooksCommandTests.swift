// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import DaybookWeb
import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("daybook account-numbers and daybook stores", .timeLimit(.minutes(15)))
struct BooksCommandTests {
    private func run(
        _ fixture: ServerFixture, _ arguments: [String], _ status: Int32 = 0, input: String = "", says words: String
    ) async throws -> String {
        let said = try await fixture.daybook(arguments, input: input)
        #expect(said.status == status, "\(arguments): \(said.errors)")
        #expect((status == 0 ? said.output : said.errors).contains(words), "\(arguments): \(said)")
        return said.output
    }

    @Test(
        "sets one number, takes it away, and replaces all from a file, with the page's checks",
        arguments: [true, false])
    func numbers(_ isServed: Bool) async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let server = isServed ? try await fixture.serve() : nil
            _ = try await run(fixture, ["account-numbers"], says: "There is no account number yet.")
            _ = try await run(
                fixture, ["account-numbers", "set", "rental[aerial]", "4010"],
                says: "store 1  rental[aerial]  nothing → 4010")
            _ = try await run(fixture, ["account-numbers", "set", "rental", "4000", "--store", "2"], says: "→ 4000")
            _ = try await run(
                fixture, ["account-numbers", "set", "rental", "4000", "--store", "2"], says: "so already")
            _ = try await run(
                fixture, ["account-numbers", "set", "napkins", "1"], 1, says: "“napkins”: write one of")
            _ = try await run(
                fixture, ["account-numbers", "set", "rental", String(repeating: "9", count: 21)], 1,
                says: "write the account's number, 1 to 20 characters")
            _ = try await run(
                fixture, ["account-numbers", "set", "rental", "1", "--store", "0"], 1, says: "“0”: write a store number"
            )
            _ = try await run(fixture, ["account-numbers", "set", "rental"], 64, says: "Write a role and its number")
            _ = try await run(
                fixture, ["account-numbers", "set", "rental", "--remove"], 1, says: "Store 1 has no number of its own")

            let saved = try await run(fixture, ["account-numbers", "show", "--json"], says: "\"rental[aerial]\"")
            let file = folder.appending(path: "numbers.json")
            try Data(saved.utf8).write(to: file)
            _ = try await run(
                fixture, ["account-numbers", "set", "rental", "--store", "2", "--remove"], says: "4000 → nothing")
            _ = try await run(fixture, ["account-numbers", "set", "--file", file.path], says: "nothing → 4000")
            let wrong = saved.replacing("\"4010\"", with: "\"\"").replacing("\"rental\"", with: "\"napkins\"")
            let both = try await fixture.daybook(["account-numbers", "set", "--file", "-"], input: wrong)
            #expect(both.status == 1 && both.errors.contains("numbers[0].number is missing"), "\(both)")
            #expect(both.errors.contains("numbers[1].role “napkins”"), "\(both)")
            let cut = try await fixture.daybook(["account-numbers", "set", "--file", "-"], input: "{\"stores\":[]}")
            #expect(cut.status == 1 && cut.errors.contains("numbers"), "\(cut)")
            #expect(try await run(fixture, ["account-numbers", "show", "--json"], says: "stores") == saved)
            _ = try await run(fixture, ["audit", "list", "--act", "save-account-numbers"], says: "“4000” → nothing")
            if let server { _ = await server.end(with: SIGTERM) }
        }
    }

    @Test("shows and chooses a store's company", arguments: [true, false])
    func stores(_ isServed: Bool) async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let server = isServed ? try await fixture.serve() : nil
            _ = try await run(fixture, ["account-numbers", "set", "cash-drawer", "1051", "--store", "2"], says: "1051")
            _ = try await run(fixture, ["stores"], says: "2  (no name)  connection 1  not connected to a company")
            _ = try await run(fixture, ["stores", "set-company", "2", "9"], 1, says: "There is no connection 9")
            _ = try await run(fixture, ["stores", "set-company", "0", "1"], 64, says: "1 to 9999")
            _ = try await run(
                fixture, ["stores", "set-company", "2", "1"],
                says: "Store 2 posts to connection 1 now; 0 exports go along.")
            _ = try await run(fixture, ["stores", "list", "--json"], says: "\"name\" : \"Store 2\"")
            if let server { _ = await server.end(with: SIGTERM) }
        }
    }

    @Test("through a named server a key with the scope changes numbers, and none chooses a company")
    func keys() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            try await fixture.signUp()
            let server = try await fixture.serve()
            let books = try await fixture.named(keyFor: "account-numbers")
            let read = try await fixture.named(keyFor: "read")
            _ = try await run(fixture, ["account-numbers", "set", "rental", "4000"] + books, says: "→ 4000")
            _ = try await run(
                fixture, ["account-numbers", "set", "rental", "1"] + read, 1, says: "scope account-numbers may")
            _ = try await run(fixture, ["account-numbers", "show"] + read, says: "rental  4000")
            _ = try await run(fixture, ["stores"] + read, says: "1  (no name)")
            _ = try await run(fixture, ["stores", "set-company", "1", "1"] + books, 1, says: "No key may")
            _ = try await run(fixture, ["people", "sessions", "kim"], says: "from ")
            _ = try await run(fixture, ["people", "end-session", "kim", "--all"], 1, says: "add --yes")
            _ = try await run(
                fixture, ["people", "end-session", "kim", "99", "--yes"], 1, says: "kim has no session 99")
            _ = try await run(
                fixture, ["people", "end-session", "kim", "--all", "--yes"], says: "All sessions of kim have ended.")
            _ = try await run(fixture, ["people", "sessions", "kim", "--json"], says: "[\n\n]")
            _ = await server.end(with: SIGTERM)
            _ = try await run(fixture, ["people", "sessions", "kim"], says: "kim is signed in nowhere.")
        }
    }
}
