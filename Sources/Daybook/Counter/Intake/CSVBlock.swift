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

    /// A mistake where rows are there twice or more.
    ///
    /// One charge that is there twice is usual, such as two machines of one kind, and so are equal lines of a journal. An
    /// equal tax or payment, and several rows of which each is there twice, are more likely rows that an export repeats,
    /// and would double the money. A second amount is a mistake anyway.
    var repetition: IntakeProblem? {
        var firsts: [Int: Int] = [:]
        var repeats: [Int] = []
        for (index, hash) in hashes.enumerated() {
            guard firsts[hash] != nil else {
                firsts[hash] = index
                continue
            }
            repeats.append(index)
        }
        let records = transaction.records
        let isDoubled = firsts.count > 1 && commonMultiplicity > 1
        let repeated = repeats.first { isDoubled || ["tax", "payment"].contains(records[$0].text(.line)) }
        guard let repeated, let first = firsts[hashes[repeated]] else { return nil }
        return IntakeProblem(
            line: records[repeated].line, field: "line", value: records[repeated].text(.line),
            remedy:
                "the same row is there already at line \(records[first].line); remove it, or write one row with the sum"
        )
    }

    /// A mistake where rows say how many lines their journal has, and it has others: rows are lost or added.
    ///
    /// Several journals of one day may be one block; each of them is counted.
    var lostRows: IntakeProblem? {
        let records = transaction.records
        var index = 0
        while index < records.count {
            guard let text = records[index].distributions else { return nil }
            let count = Int(digits: text) ?? 0
            let own = records[index...].prefix(max(count, 1))
            guard count > 0, own.count == count, own.allSatisfy({ $0.distributions == text }) else {
                return IntakeProblem(
                    line: records[index].line, field: ProfileField.distributions.rawValue, value: text,
                    remedy: "the entry that begins here has another number of lines; rows are lost or were added")
            }
            index += count
        }
        return nil
    }

    /// How many times each row is there, if all are there equally often or in multiples of it.
    private var commonMultiplicity: Int {
        var counts: [Int: Int] = [:]
        for hash in hashes { counts[hash, default: 0] += 1 }
        return counts.values.reduce(0) { one, other in
            var (large, small) = (max(one, other), min(one, other))
            while small > 0 { (large, small) = (small, large % small) }
            return large
        }
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
