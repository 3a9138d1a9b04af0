// SPDX-License-Identifier: Apache-2.0
@testable import Daybook
import Foundation
import Testing

@Suite("Passwords that are tried first")
struct CommonPasswordTests {
    private func isRefused(_ password: String, of name: String = "terry") throws -> Bool {
        PasswordRule.problem(with: Secret(password), of: try #require(PersonName(name))) != nil
    }

    @Test("what people choose most often is refused")
    func common() throws {
        let passwords = CommonPasswordSamples.refused
        #expect(passwords.count > 750 && passwords.allSatisfy { $0.count >= PasswordRule.shortest })
        for password in passwords { #expect(try isRefused(password), "\(password)") }
    }

    @Test("phrases and random characters are taken")
    func good() throws {
        let passwords = CommonPasswordSamples.accepted
        #expect(passwords.count >= 60)
        for password in passwords { #expect(try !isRefused(password), "\(password)") }
    }

    /// Of the words every sixteenth, other ones for each way: all of them take minutes.
    @Test("a common word is refused with what people put around it", arguments: CommonPasswordSamples.decorations)
    func decorated(_ decoration: CommonPasswordSamples.Decoration) throws {
        var count = 0
        let words = CommonWords.words
        let first = CommonPasswordSamples.decorations.firstIndex { $0.testDescription == decoration.testDescription }
        for word in stride(from: first ?? 0, to: words.count, by: 16).map({ words[$0] }) {
            let password = decoration.made(word)
            guard password.count >= PasswordRule.shortest else { continue }
            count += 1
            #expect(try isRefused(password), "\(password)")
        }
        #expect(count > 40)
    }

    @Test("a password of few characters with very many accents is judged at once", .timeLimit(.minutes(1)))
    func accents() throws {
        let accents = String(repeating: "\u{301}\u{302}", count: 100_000)
        #expect(try !isRefused("kx83-Qp2m" + accents))
    }

    @Test("a person's name counts as a common word, and so does what comes to mind in front of Daybook")
    func names() throws {
        for password in ["ostrander2024", "0strander!?77", "rednartso1987", "4711ostrander", "ostrander.rental"] {
            #expect(try isRefused(password, of: "ann.ostrander"), "\(password)")
        }
        #expect(try !isRefused("ostrander2024 gravel", of: "ann.ostrander"))
        for word in ["daybook", "quickbooks", "intuit", "rental", "bookkeeper", "accounting"] {
            for password in ["\(word)2026!", "\(word)\(word)", "123\(word)123", "\(word.capitalized)#2026"] {
                #expect(try isRefused(password), "\(password)")
            }
        }
    }
}
