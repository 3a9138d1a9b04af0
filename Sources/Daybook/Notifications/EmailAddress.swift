// SPDX-License-Identifier: Apache-2.0

/// A mailbox, in the plain form that every mail program understands: `name@host`.
package struct EmailAddress: Hashable, Sendable {
    package let text: String

    /// - Throws: ``AddressRefused`` in words, with the remedy.
    package init(_ given: String) throws(AddressRefused) {
        let text = given.trimmingSpaces
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254 else { throw Self.refused(text, "write one name@host") }
        guard text.utf8.allSatisfy({ $0 < 128 }) else {
            throw Self.refused(text, "write it in plain letters; a name with other letters has an xn-- form")
        }
        guard Self.isName(parts[0]) else {
            throw Self.refused(text, "before the @ only letters, digits and .!#$%&'*+/=?^_`{|}~- can stand")
        }
        guard Self.isHost(parts[1]) else {
            throw Self.refused(text, "after the @ write a host such as example.com")
        }
        self.text = text
    }

    /// For logs: enough to tell one mailbox from another.
    package var masked: String {
        let parts = text.split(separator: "@")
        return "\(parts[0].prefix(1))…@\(parts[1])"
    }

    /// RFC 5322's dot-atom; a dash in front would look like an option to a command.
    private static func isName(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 64 && text.first != "-"
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { $0.isLetter || $0.isNumber || "!#$%&'*+/=?^_`{|}~-".contains($0) }
            }
    }

    private static func isHost(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            !label.isEmpty && label.utf8.count <= 63 && label.first != "-" && label.last != "-"
                && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
        }
    }

    private static func refused(_ text: String, _ remedy: String) -> AddressRefused {
        let shown = SecretShape.shown(text).prefix(80)
        return AddressRefused("“\(shown)” is not an e-mail address: \(remedy), for example pat@example.com.")
    }
}

/// Why an address can't be used, in words for the person who entered it.
package struct AddressRefused: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
}

extension String {
    var trimmingSpaces: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
