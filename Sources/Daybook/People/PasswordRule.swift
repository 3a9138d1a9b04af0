// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a new password must be: long, and none of those that are tried first.
package enum PasswordRule {
    package static let shortest = 8
    package static let longest = 256

    /// What is wrong with a password, in words; nil for a good one.
    ///
    /// - Parameter name: Of the person: it may not be the password, nor most of it.
    package static func problem(with password: Secret, of name: PersonName) -> String? {
        let text = password.reveal().precomposedStringWithCanonicalMapping
        if text.count < shortest {
            return
                "The password has \(text.count) characters; it needs \(shortest), better 15. A few words in a row are good."
        }
        if text.count > longest { return "The password has \(text.count) characters; \(longest) are the most." }
        let plain = text.lowercased()
        if isGuessed(plain) { return "This password is one of those that are tried first. Choose another one." }
        if isMostly(name.key, plain) { return "The password is too much like the name. Choose another one." }
        return nil
    }

    private static func isGuessed(_ text: String) -> Bool {
        let letters = text.filter { !$0.isNumber && !$0.isPunctuation && !$0.isSymbol }
        return CommonPasswords.all.contains(text) || CommonPasswords.words.contains(letters) || isOneRun(text)
    }

    /// `aaaaaaaa`, `12345678`, `87654321`, `abcdefgh`.
    private static func isOneRun(_ text: String) -> Bool {
        let steps = Set(zip(text.unicodeScalars, text.unicodeScalars.dropFirst()).map { Int($1.value) - Int($0.value) })
        return steps.count == 1 && steps.allSatisfy { abs($0) <= 1 }
    }

    private static func isMostly(_ name: String, _ text: String) -> Bool {
        let parts = name.split { !$0.isLetter && !$0.isNumber }.map(String.init) + [name]
        return parts.contains { $0.count >= 4 && text.contains($0) && text.count < $0.count + 5 }
    }
}
