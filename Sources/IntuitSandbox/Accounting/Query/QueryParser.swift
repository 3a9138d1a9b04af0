// SPDX-License-Identifier: Apache-2.0

/// Reads the query language of Intuit's API.
///
/// What it does not know (OR, NOT, joins, `!=`, unquoted numbers) it refuses with 4000.
struct QueryParser {
    private let tokens: [QueryToken]
    private var position = 0

    static func parse(_ text: String) throws(Fault) -> Query {
        var parser = QueryParser(tokens: QueryLexer.tokens(of: text))
        return try parser.query()
    }

    private init(tokens: [QueryToken]) {
        self.tokens = tokens
    }

    private mutating func query() throws(Fault) -> Query {
        var query = Query()
        try keyword("select")
        query.projection = try projection()
        try keyword("from")
        query.entity = try word()
        if accept(keyword: "where") { query.conditions = try conditions() }
        if acceptOrderBy() { query.order = try order() }
        if accept(keyword: "startposition") { query.startPosition = try count() }
        if accept(keyword: "maxresults") { query.maxResults = try count() }
        guard current.kind == .end else { throw .queryParse(current) }
        return query
    }

    // MARK: Clauses

    private mutating func projection() throws(Fault) -> Query.Projection {
        if accept(symbol: "*") { return .everything }
        if current.isWord("count"), following.isSymbol("(") {
            position += 2
            try symbol("*")
            try symbol(")")
            return .count
        }
        var names = [try word()]
        while accept(symbol: ",") { names.append(try word()) }
        return .properties(names)
    }

    private mutating func conditions() throws(Fault) -> [Query.Condition] {
        var conditions = [try condition()]
        while accept(keyword: "and") { conditions.append(try condition()) }
        return conditions
    }

    private mutating func condition() throws(Fault) -> Query.Condition {
        let property = try word()
        let token = current
        position += 1
        if token.isWord("in") {
            return Query.Condition(property: property, comparison: .oneOf, values: try values())
        }
        if token.isWord("like") {
            return Query.Condition(property: property, comparison: .like, values: [try value()])
        }
        guard case .symbol(let text) = token.kind, let comparison = Query.Comparison(rawValue: text) else {
            throw .queryParse(token)
        }
        return Query.Condition(property: property, comparison: comparison, values: [try value()])
    }

    private mutating func values() throws(Fault) -> [String] {
        try symbol("(")
        var values = [try value()]
        while accept(symbol: ",") { values.append(try value()) }
        try symbol(")")
        return values
    }

    /// A quoted literal, or a bare true or false.
    private mutating func value() throws(Fault) -> String {
        let token = current
        position += 1
        switch token.kind {
        case .literal(let text): return text
        case .word where token.isWord("true"): return "true"
        case .word where token.isWord("false"): return "false"
        case .word, .number, .symbol, .stray, .end: throw .queryParse(token)
        }
    }

    private mutating func order() throws(Fault) -> [Query.Order] {
        var order: [Query.Order] = []
        repeat {
            let property = try word()
            let descending = accept(keyword: "desc")
            if !descending { _ = accept(keyword: "asc") }
            order.append(Query.Order(property: property, descending: descending))
        } while accept(symbol: ",")
        return order
    }

    private mutating func count() throws(Fault) -> Int {
        let token = current
        guard case .number(let text) = token.kind, let number = Int(text) else { throw .queryParse(token) }
        position += 1
        return number
    }

    // MARK: Words

    private var current: QueryToken { tokens[min(position, tokens.count - 1)] }
    private var following: QueryToken { tokens[min(position + 1, tokens.count - 1)] }

    private mutating func keyword(_ keyword: String) throws(Fault) {
        guard accept(keyword: keyword) else { throw .queryParse(current) }
    }

    private mutating func symbol(_ text: String) throws(Fault) {
        guard accept(symbol: text) else { throw .queryParse(current) }
    }

    private mutating func word() throws(Fault) -> String {
        guard case .word(let text) = current.kind else { throw .queryParse(current) }
        position += 1
        return text
    }

    private mutating func accept(keyword: String) -> Bool {
        guard current.isWord(keyword) else { return false }
        position += 1
        return true
    }

    private mutating func accept(symbol: String) -> Bool {
        guard current.isSymbol(symbol) else { return false }
        position += 1
        return true
    }

    private mutating func acceptOrderBy() -> Bool {
        if accept(keyword: "orderby") { return true }
        guard current.isWord("order"), following.isWord("by") else { return false }
        position += 2
        return true
    }
}
