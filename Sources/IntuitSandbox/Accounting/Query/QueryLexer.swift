// SPDX-License-Identifier: Apache-2.0

/// Cuts a query into words.
///
/// A quote inside a literal is escaped with a backslash; doubling it does not work.
struct QueryLexer {
    private let characters: [Character]
    private var position = 0
    private var line = 1
    private var column = 1

    static func tokens(of query: String) -> [QueryToken] {
        var lexer = QueryLexer(characters: Array(query))
        var tokens: [QueryToken] = []
        repeat { tokens.append(lexer.next()) } while tokens.last?.kind != .end
        return tokens
    }

    private init(characters: [Character]) {
        self.characters = characters
    }

    private mutating func next() -> QueryToken {
        while let character = peek, character.isWhitespace { advance() }
        let (line, column) = (line, column)
        return QueryToken(kind: kind(), line: line, column: column)
    }

    private mutating func kind() -> QueryToken.Kind {
        guard let first = peek else { return .end }
        if first == "'" { return literal() }
        if first.isASCII, first.isLetter || first == "_" {
            return .word(take { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") })
        }
        if first.isASCII, first.isNumber || first == "-" {
            return .number(take { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") })
        }
        advance()
        switch first {
        case "<", ">":
            if peek == "=" {
                advance()
                return .symbol("\(first)=")
            }
            return .symbol(String(first))
        case "=", "(", ")", ",", "*": return .symbol(String(first))
        default: return .stray(String(first))
        }
    }

    private mutating func literal() -> QueryToken.Kind {
        advance()
        var text = ""
        while let character = peek {
            advance()
            if character == "'" { return .literal(text) }
            if character == "\\", let escaped = peek {
                advance()
                text.append(escaped)
            } else {
                text.append(character)
            }
        }
        return .stray("'\(text)")
    }

    private var peek: Character? { position < characters.count ? characters[position] : nil }

    private mutating func advance() {
        guard let character = peek else { return }
        position += 1
        column += 1
        if character.isNewline { (line, column) = (line + 1, 1) }
    }

    private mutating func take(while belongs: (Character) -> Bool) -> String {
        var text = ""
        while let character = peek, belongs(character) {
            text.append(character)
            advance()
        }
        return text
    }
}
