// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Testing

@Suite("Secrets from a file or a pipe")
struct PipedSecretsTests {
    @Test(
        "a secret goes to the next blank line or the end",
        arguments: [
            ("RT1-abc\n", "RT1-abc", nil), ("RT1-abc", "RT1-abc", nil), ("RT1\r\nabc\r\n", "RT1\nabc", nil),
            ("\n\nRT1-abc\n\n\n", "RT1-abc", nil), ("RT1\n \nkey\n", "RT1", "key"),
            ("RT1\nabc\n\nk\ney\n", "RT1\nabc", "k\ney"), ("", "", nil), ("\n \n", "", nil),
        ] as [(String, String, String?)])
    func blocks(text: String, first: String, second: String?) throws {
        let read = try PipedSecrets(text)
        #expect(read.first == first && read.second == second)
    }

    @Test("only several lines without a blank one could be either")
    func unmistakable() throws {
        #expect(try PipedSecrets("RT1\n").isUnmistakable)
        #expect(try PipedSecrets("RT1\n\nkey").isUnmistakable)
        #expect(try PipedSecrets("RT1\nabc\n\n").isUnmistakable)
        #expect(try !PipedSecrets("RT1\nabc\n").isUnmistakable)
        #expect(throws: CommandFailure.self) { try PipedSecrets("a\n\nb\n\nc") }
    }
}
