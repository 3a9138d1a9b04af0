// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
@testable import DaybookCLI
import Testing

@Suite("A token as an argument")
struct ArgumentTests {
    @Test("is refused without being repeated")
    func refused() {
        let token = "RT1-27-H0-1893456000abcdefghijklmnopqrst"
        let said = [Self.complaint(SetTokenCommand.self, [token]), Self.complaint(ConnectCommand.self, [token])]
        for words in said {
            #expect(words.contains("“RT1-…” is no connection: write its number, or new."))
            #expect(!words.contains(token))
        }
    }

    private static func complaint<Command: ParsableCommand>(_ command: Command.Type, _ arguments: [String]) -> String {
        do {
            _ = try command.parse(arguments)
            return ""
        } catch {
            return command.message(for: error)
        }
    }
}
