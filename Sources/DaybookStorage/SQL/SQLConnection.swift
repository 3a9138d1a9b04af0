// SPDX-License-Identifier: Apache-2.0

/// What a verb needs of an engine inside its transaction: the whole of a driver.
///
/// Statements are written once, in the common subset of SQLite and PostgreSQL; parameters are `$1`,
/// `$2` … in the order in which they first appear.
package protocol SQLConnection {
    func rows(_ sql: String, _ values: [SQLValue]) throws -> [SQLRow]

    /// - Returns: How many rows were changed.
    @discardableResult
    func run(_ sql: String, _ values: [SQLValue]) throws -> Int
}

extension SQLConnection {
    func row(_ sql: String, _ values: [SQLValue] = []) throws -> SQLRow? { try rows(sql, values).first }
}
