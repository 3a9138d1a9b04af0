// SPDX-License-Identifier: Apache-2.0

/// One word of a query, and its place, counted from 1.
struct QueryToken: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        case word(String)
        case literal(String)
        case number(String)
        case symbol(String)
        case end
        /// A character no query contains, or a quote that is never closed.
        case stray(String)
    }

    let kind: Kind
    let line: Int
    let column: Int

    /// As Intuit's parser names it in an error.
    var label: String {
        switch kind {
        case .word(let text): "<IDENTIFIER> \"\(text)"
        case .literal(let text): "<STRING> \"\(text)"
        case .number(let text): "<INTEGER> \"\(text)"
        case .symbol(let text), .stray(let text): "\"\(text)"
        case .end: "<EOF> \""
        }
    }

    func isWord(_ keyword: String) -> Bool {
        guard case .word(let text) = kind else { return false }
        return text.lowercased() == keyword
    }

    func isSymbol(_ text: String) -> Bool { kind == .symbol(text) }
}
