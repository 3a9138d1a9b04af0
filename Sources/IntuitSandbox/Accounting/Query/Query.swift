// SPDX-License-Identifier: Apache-2.0

/// A query as it was written; whether its properties exist is checked later.
struct Query: Sendable, Equatable {
    enum Projection: Sendable, Equatable {
        case everything
        case count
        case properties([String])
    }

    enum Comparison: String, Sendable, Equatable {
        case equal = "="
        case less = "<"
        case greater = ">"
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case oneOf = "IN"
        case like = "LIKE"
    }

    struct Condition: Sendable, Equatable {
        let property: String
        let comparison: Comparison
        /// One text, or any number of them after IN.
        let values: [String]
    }

    struct Order: Sendable, Equatable {
        let property: String
        let descending: Bool
    }

    var projection = Projection.everything
    var entity = ""
    var conditions: [Condition] = []
    var order: [Order] = []
    /// 1-based.
    var startPosition = 1
    var maxResults = 100
}
