// SPDX-License-Identifier: Apache-2.0

/// Rows of a CSV file that follow one another and have the same key.
struct CSVBlock {
    let key: CSVKey
    private(set) var transaction = TransactionRows()
    /// A hash of each row's cells but for the key.
    private var hashes: [Int] = []

    init(_ key: CSVKey, _ first: CSVRecord) {
        self.key = key
        append(first)
    }

    var line: Int { transaction.records[0].line }

    /// The hash of all its rows: two blocks of one key that have the same one hold the same.
    var hash: UInt32 { UInt32(truncatingIfNeeded: hashes.hashValue) }

    /// The block's key, where a row has the same bytes in its key's cells; nil where the row's own has to be read.
    func key(of record: CSVRecord) -> CSVKey? {
        transaction.records[0].hasSameKeyCells(as: record) ? key : nil
    }

    mutating func append(_ record: CSVRecord) {
        transaction.records.append(record)
        hashes.append(record.contentHash)
    }

    mutating func note(_ problem: IntakeProblem) { transaction.problems.append(problem) }

    /// A mistake where the rows are there twice or more, one time after the other.
    ///
    /// Equal charges are usual, such as two machines of one kind. Equal taxes, payments and lines of a journal are more
    /// likely a file that was appended to itself, and would double the money. A second amount is a mistake anyway.
    var repetition: IntakeProblem? {
        guard let period, !mayRepeat(period) else { return nil }
        let records = transaction.records
        let (first, last) = (records[0].line, records[period - 1].line)
        let place = first == last ? "line \(first)" : "lines \(first) to \(last)"
        return IntakeProblem(
            line: records[period].line, field: "line", value: records[period].text(.line),
            remedy: "from here on the rows repeat \(place); remove them, or write one row with the sum")
    }

    /// After how many rows they begin again; nil if they don't.
    private var period: Int? {
        guard hashes.count > 1 else { return nil }
        return (1...hashes.count / 2).first { length in
            hashes.count.isMultiple(of: length)
                && (length..<hashes.count).allSatisfy { hashes[$0] == hashes[$0 - length] }
        }
    }

    private func mayRepeat(_ count: Int) -> Bool {
        transaction.records[..<count].allSatisfy { ["charge", "amount"].contains($0.text(.line)) }
    }
}

extension CSVRecord {
    /// Of all cells but the key's, as they are without spaces at their ends (FNV-1a).
    fileprivate var contentHash: Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for column in CSVColumn.ofContent {
            guard let cell = self[column] else { continue }
            hash = (hash ^ UInt64(column.rawValue)) &* 0x100_0000_01b3
            for byte in cell { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        }
        return Int(truncatingIfNeeded: hash)
    }
}
