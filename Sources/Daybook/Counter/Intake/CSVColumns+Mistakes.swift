// SPDX-License-Identifier: Apache-2.0

// What is wrong with a row as it is cut into cells, before anything in it is read.
extension CSVColumns {
    /// Nil for a row that can be read.
    func flaw(of row: CSVRow) -> RowFlaw? {
        let hasAllCells = row.count == count
        let mayHoldRows = row.hasLineBreak && row.heldSeparators >= max(1, count - 1)
        guard !hasAllCells || row.quoteMistake != nil || mayHoldRows else { return nil }
        let problem = row.quoteMistake.map { self.problem($0, in: row) } ?? (hasAllCells ? nil : cellCount(of: row))
        return RowFlaw(problem: problem, hasAllCells: hasAllCells, heldRows: mayHoldRows ? heldRows(in: row) : nil)
    }

    private func problem(_ mistake: CSVRow.QuoteMistake, in row: CSVRow) -> IntakeProblem {
        let name = mistake.cell < count ? names[mistake.cell] : ""
        let text = mistake.cell < row.count ? String(decoding: row[mistake.cell], as: UTF8.self) : ""
        let remedy =
            switch mistake.kind {
            case .notDoubled:
                "a text in quotes ends at the next quote; write a quote that belongs to the text twice, as in \"36\"\" chain\""
            case .neverClosed:
                """
                its opening quote is never closed, so nothing behind it could be read; close it, and write a quote that \
                belongs to the text twice
                """
            }
        return IntakeProblem(line: mistake.line, field: name.isEmpty ? "row" : name, value: text, remedy: remedy)
    }

    private func cellCount(of row: CSVRow) -> IntakeProblem {
        IntakeProblem(
            line: row.line, field: "row", value: "\(row.count) cells",
            remedy: "write \(count) as in the header, with quotes around a text that has a separator")
    }

    private func heldRows(in row: CSVRow) -> IntakeProblem {
        IntakeProblem(
            line: row.line, field: "row", value: "over several lines",
            remedy: "its quotes may have taken in rows of the transaction that follows; correct them")
    }
}

/// What is wrong with how a row is cut into cells.
struct RowFlaw {
    /// Nil where it only may have taken in other rows.
    let problem: IntakeProblem?
    /// Whether its cells can be told by their columns.
    let hasAllCells: Bool
    /// The mistake of the transaction that follows, whose first rows it may have taken in.
    let heldRows: IntakeProblem?
}
