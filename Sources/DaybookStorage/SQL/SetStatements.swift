// SPDX-License-Identifier: Apache-2.0

/// Statements over many rows at once. Each is sent in pieces of a few fixed sizes, so that an engine prepares only a
/// few forms of it, however long the lists are. An envelope of thirty documents is one piece.
extension SQLConnection {
    /// Runs a statement that begins with a list of rows, written where `sql` gets its argument.
    ///
    /// - Returns: The rows that all pieces answered, in order.
    func eachPiece(of rows: [[SQLValue]], _ sql: (String) -> String) throws -> [SQLRow] {
        var answers: [SQLRow] = []
        for piece in pieces(of: rows) {
            answers += try self.rows(sql(placeholders(piece)), piece.flatMap { $0 })
        }
        return answers
    }

    func runEachPiece(of rows: [[SQLValue]], _ sql: (String) -> String) throws {
        for piece in pieces(of: rows) { try run(sql(placeholders(piece)), piece.flatMap { $0 }) }
    }

    func insert(_ rows: [[SQLValue]], into table: String) throws {
        try runEachPiece(of: rows) { "INSERT INTO \(table) VALUES \($0)" }
    }

    /// Rows for `column IN (…)` over any number of serials.
    func rows(for serials: [Int64], _ sql: (String) -> String) throws -> [SQLRow] {
        try eachPiece(of: serials.map { [.integer($0)] }) { sql("(\($0))") }
    }

    private func pieces(of rows: [[SQLValue]]) -> [ArraySlice<[SQLValue]>] {
        var pieces: [ArraySlice<[SQLValue]>] = []
        var start = 0
        for size in [60, 30, 15, 8, 4, 2, 1] {
            while rows.count - start >= size {
                pieces.append(rows[start..<start + size])
                start += size
            }
        }
        return pieces
    }

    /// The parameters as a list of rows: `($1,$2),($3,$4)`.
    private func placeholders(_ rows: ArraySlice<[SQLValue]>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(rows.count * (rows.first?.count ?? 0) * 5)
        var number = 0
        for row in rows {
            text.append(contentsOf: text.isEmpty ? "(".utf8 : ",(".utf8)
            for column in row.indices {
                number += 1
                text.append(contentsOf: column == row.startIndex ? "$".utf8 : ",$".utf8)
                text.append(contentsOf: String(number).utf8)
            }
            text.append(UInt8(ascii: ")"))
        }
        return String(decoding: text, as: UTF8.self)
    }
}
