// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import Foundation
import Testing

/// Debian's package `python3-zxcvbn`, which `scripts/setup test` installs.
private enum CommonestPasswords {
    static var mayRun: Bool {
        FileManager.default.fileExists(atPath: PasswordListFile.usual)
            || ProcessInfo.processInfo.environment["CI"] == "true"
    }

    /// Its passwords of eight and more characters, the commonest first.
    static func read() throws -> [String] {
        let text = try String(contentsOfFile: PasswordListFile.usual, encoding: .utf8)
        let line = try #require(text.split(separator: "\n").first { $0.contains("\"passwords\":") })
        let words = try #require(line.split(separator: "\"").dropFirst(3).first)
        return words.split(separator: ",").map(String.init).filter { $0.count >= PasswordRule.shortest }
    }
}

@Suite(
    "The commonest passwords, as Debian has them",
    .enabled(if: CommonestPasswords.mayRun, "NOT PROVED here: there is no python3-zxcvbn"))
struct CommonestPasswordTests {
    private func isRefused(_ password: String, _ list: PasswordList) throws -> Bool {
        PasswordRule.problem(with: Secret(password), of: try #require(PersonName("terry")), listed: list) != nil
    }

    @Test("the 3,000 commonest are refused")
    func refused() throws {
        let passwords = try CommonestPasswords.read().prefix(PasswordList.least)
        #expect(passwords.count == PasswordList.least)
        let list = try PasswordListFile.chosen(nil)
        let taken = try passwords.filter { try !isRefused($0, list) || !(try isRefused($0.capitalized, list)) }
        #expect(taken.isEmpty, "\(taken.prefix(20))")
    }

    /// Every tenth: all of them take a minute.
    @Test("without the list the rule alone refuses more than nine in ten")
    func ruleAlone() throws {
        let passwords = try CommonestPasswords.read().prefix(PasswordList.least)
        let some = stride(from: 0, to: passwords.count, by: 10).map { passwords[$0] }
        let taken = try some.filter { try !isRefused($0, PasswordList()) }
        #expect(taken.count * 10 < some.count, "\(taken)")
    }
}
