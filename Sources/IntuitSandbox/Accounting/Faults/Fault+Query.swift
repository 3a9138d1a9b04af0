// SPDX-License-Identifier: Apache-2.0

/// Refusals of a query: 4000 when it cannot be read, 4001 when it can be read but not answered.
extension Fault {
    static func queryParse(_ token: QueryToken) -> Fault {
        Fault(
            code: "4000", message: "Error parsing query",
            detail: "QueryParserError: Encountered \" \(token.label) \"\" at line \(token.line),"
                + " column \(token.column).")
    }

    static func query(_ text: String) -> Fault {
        Fault(code: "4001", message: "Invalid query", detail: "QueryValidationError: \(text)")
    }

    static func tooSmall(_ value: Int) -> Fault {
        query("value \(value) is too small. Min allowed value is 1")
    }

    static func notQueryable(_ property: String) -> Fault {
        query("property '\(property)' is not queryable")
    }

    static func unknownProperty(_ property: String, in kind: EntityKind) -> Fault {
        query("Property \(property) not found for Entity \(kind.rawValue)")
    }
}
