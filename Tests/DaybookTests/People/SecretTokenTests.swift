// SPDX-License-Identifier: Apache-2.0
@testable import Daybook
import Testing

@Suite("Random secrets that people carry")
struct SecretTokenTests {
    /// RFC 4648, section 10, without padding.
    @Test(
        "a seed is Base32 as authenticator apps read it",
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ])
    func seed(_ plain: String, _ text: String) {
        #expect(AuthenticatorSeed.text(Array(plain.utf8)) == text)
        #expect(AuthenticatorSeed.bytes(text) == Array(plain.utf8))
    }

    @Test("a text with other characters is no seed", arguments: ["MZXW6YT8", "mzxw6ytb", "MZ XW", "MY======", "É"])
    func noSeed(_ text: String) { #expect(AuthenticatorSeed.bytes(text) == nil) }

    @Test("a token has 256 bits, in letters and digits that go into a link as they are")
    func token() {
        let token = SecretToken.make(CountingRandomness(first: 0)).reveal()
        #expect(token.utf8.count == 52)
        #expect(token.allSatisfy { $0.isASCII && ($0.isNumber || $0.isLowercase) })
        #expect(token != SecretToken.make(CountingRandomness(first: 1)).reveal())
    }

    @Test("a recovery code has 140 bits in seven groups, and is read however it is typed")
    func recoveryCode() {
        let code = RecoveryCode.make(CountingRandomness(first: 200)).reveal()
        #expect(code.split(separator: "-").map(\.utf8.count) == Array(repeating: 4, count: 7))
        let plain = code.replacing("-", with: "")
        // Base32: five bits a character, and each character from other random bits.
        #expect(plain.utf8.count * 5 >= 128)
        #expect(plain == Base32.text(CountingRandomness(first: 200).bytes(18)).lowercased().prefix(28))
        #expect(RecoveryCode.secret(code).reveal() == plain)
        for typed in [
            code.uppercased(), plain, " \(code.replacing("-", with: " ")) \n", code.replacing("-", with: "–"),
        ] {
            #expect(RecoveryCode.secret(typed) == RecoveryCode.secret(code), "\(typed)")
        }
        #expect(RecoveryCode.secret("k3f9") != RecoveryCode.secret("k3f8"))
        #expect(RecoveryCode.secret("OoIiLl") == RecoveryCode.secret("001111"), "letters that look like digits")
    }
}
