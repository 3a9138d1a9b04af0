// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What a new password must be: long, and none of those that are tried first.
package enum PasswordRule {
    package static let shortest = 8
    package static let longest = 256

    /// In tenths of a bit: a common word with four digits and two signs takes less, eight letters at random take more.
    static let leastCost = 340
    /// What it takes to guess that words have the same sign between them.
    private static let separation = 30

    /// What is wrong with a password, in words; nil for a good one.
    ///
    /// - Parameters:
    ///   - name: The person's name, which may not be the password, nor most of it.
    ///   - list: Passwords that are refused besides.
    package static func problem(
        with password: Secret, of name: PersonName, listed list: PasswordList = PasswordList()
    ) -> String? {
        let text = password.reveal().precomposedStringWithCanonicalMapping
        if text.count < shortest {
            return
                "The password has \(text.count) characters; it needs \(shortest), better 15. A few words in a row are good."
        }
        if text.count > longest { return "The password has \(text.count) characters; \(longest) are the most." }
        let parts = name.key.split { !$0.isLetter && !$0.isNumber }.map(String.init) + [name.key]
        if isMostly(parts, text.lowercased()) { return "The password is too much like the name. Choose another one." }
        if list.contains(text) {
            return
                "This password is in a list of passwords that others have used and that are tried first. Choose another one."
        }
        if isGuessed(text, names: parts) {
            return """
                This password is one of those that are tried first, or made like them: of a common word or name, keys \
                in a row or a date, with digits or signs around it. Choose another one. A few words in a row are good.
                """
        }
        return nil
    }

    private static func isGuessed(_ text: String, names: [String]) -> Bool {
        let names = names.filter { $0.count >= 3 }
        if GuessingCost(of: text, names: names).least < leastCost { return true }
        let joined = text.filter { !" .,_-".contains($0) }
        return joined != text && GuessingCost(of: joined, names: names).least + separation < leastCost
    }

    private static func isMostly(_ names: [String], _ text: String) -> Bool {
        names.contains { $0.count >= 4 && text.contains($0) && text.count < $0.count + 5 }
    }
}
