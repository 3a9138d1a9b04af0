// SPDX-License-Identifier: Apache-2.0

/// Makes transactions of the rows of a CSV file, in which the rows of each follow one another: each one as soon as the
/// next begins.
///
/// A transaction is whole or refused. A row that may belong to it and can't be read spoils it; rows of it that stand
/// elsewhere in the file do, too, unless they repeat it.
struct CSVTransactions {
    private let findings: CSVFindings
    private var current: CSVBlock?
    private var seen = SeenBlocks()
    private var stray: StrayRows?
    /// Mistakes that spoil the block that follows.
    private var carried: [IntakeProblem] = []
    /// Mistakes of rows that name a transaction which has not come yet.
    private var later: [CSVKey: [IntakeProblem]] = [:]
    /// Those of them whose cells may have shifted, so that they are reported elsewhere, too.
    private var doubtful: [CSVKey: [IntakeProblem]] = [:]
    /// What was found of transactions that were given already; nothing is given any more then.
    private var found: CSVFindings?
    private var tape = FieldTape()

    init(findings: CSVFindings) { self.findings = findings }

    /// - Parameters:
    ///   - flaw: What is wrong with how the row is cut into cells; nil where it is whole.
    ///   - isInPlace: Whether a row with too few or too many cells names its transaction all the same.
    mutating func add(
        _ record: CSVRecord, _ flaw: RowFlaw?, isInPlace: @autoclosure () -> Bool, into rows: inout [IntakeFile.Row]
    ) {
        guard flaw?.hasAllCells != false else { return addBroken(record, flaw, isInPlace: isInPlace()) }
        guard let key = current?.key(of: record) ?? record.key else { return addStray(record, flaw) }
        endStray(before: key)
        if current?.key == key {
            current?.append(record)
        } else {
            endBlock(into: &rows)
            begin(key, record)
        }
        if let problem = flaw?.problem { current?.note(problem) }
        if let heldRows = flaw?.heldRows {
            // The rows in it may have been its own ones, or the first ones of the next transaction.
            if flaw?.problem == nil { current?.note(heldRows) }
            carried.append(heldRows)
        }
    }

    /// A block whose end is known, so that one with the same key that follows is another.
    mutating func add(_ block: CSVBlock, into rows: inout [IntakeFile.Row]) {
        endBlock(into: &rows)
        current = block
        endBlock(into: &rows)
    }

    /// - Throws: ``IntakeStop/needsSecondPass(_:)`` when something was found of transactions that were given already.
    mutating func finish(into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        let leftOver = stray.map { current == nil ? [$0.problem] : [] } ?? []
        endStray(before: nil)
        endBlock(into: &rows)
        let left = leftOver + later.values.joined()
        rows += left.sorted { ($0.line ?? 0) < ($1.line ?? 0) }.map(IntakeFile.Row.mistaken)
        guard var found else { return }
        found.merge(findings)
        throw .needsSecondPass(found)
    }

    private mutating func begin(_ key: CSVKey, _ record: CSVRecord) {
        current = CSVBlock(key, record)
        let named = (later.removeValue(forKey: key) ?? []) + (doubtful.removeValue(forKey: key) ?? [])
        for problem in carried + named { current?.note(problem) }
        carried = []
    }

    private mutating func endBlock(into rows: inout [IntakeFile.Row]) {
        guard var block = current else { return }
        current = nil
        let key = block.key
        let former = seen.place(of: key)
        if let former {
            spoilFirst(block)
            // What is wrong with it is said where it begins.
            guard findings.splits[key] == nil, findings.spoiled[key] == nil else { return }
            if former.hash != block.hash {
                found = found ?? CSVFindings()
                let split = CSVFindings.Split(firstLine: former.line, nextLine: block.line)
                found?.splits.merge([key: split]) { first, _ in first }
            } else if former.isRefused {
                return
            }
        }
        guard found == nil else { return seen.insert(block, isRefused: false) }
        for problem in findings.spoiled[key] ?? [] { block.note(problem) }
        if let split = findings.splits[key] { block.note(split.problem) }
        if let repetition = block.repetition { block.note(repetition) }
        if let lost = block.lostRows { block.note(lost) }
        guard let row = block.transaction.read(&tape) else { return }
        seen.insert(block, isRefused: row.isRefused)
        rows.append(row)
    }
}

extension CSVTransactions {
    /// What spoils a transaction that comes again spoils the first one, too.
    private mutating func spoilFirst(_ block: CSVBlock) {
        let known = findings.spoiled[block.key] ?? []
        let new = block.transaction.problems.filter { !known.contains($0) }
        guard !new.isEmpty else { return }
        found = found ?? CSVFindings()
        found?.spoiled[block.key, default: known] += new
    }
}

extension IntakeFile.Row {
    fileprivate var isRefused: Bool {
        if case .failure = result { true } else { false }
    }
}

// Rows that can't be read, and what they spoil.
extension CSVTransactions {
    /// A row with too few or too many cells spoils the transaction that it names; if its cells have shifted, those on
    /// both sides of it.
    private mutating func addBroken(_ record: CSVRecord, _ flaw: RowFlaw?, isInPlace: Bool) {
        guard let key = record.key, let problem = flaw?.problem else { return addStray(record, flaw) }
        if let heldRows = flaw?.heldRows { carried.append(heldRows) }
        if current?.key == key {
            current?.note(problem)
            return
        }
        if seen.contains(key) {
            if findings.spoiled[key]?.contains(problem) != true {
                found = found ?? CSVFindings()
                found?.spoiled[key, default: findings.spoiled[key] ?? []].append(problem)
            }
        } else if isInPlace {
            later[key, default: []].append(problem)
        } else {
            doubtful[key, default: []].append(problem)
        }
        if !isInPlace { addStray(record, flaw) }
    }

    private mutating func addStray(_ record: CSVRecord, _ flaw: RowFlaw?) {
        guard stray == nil else {
            stray?.lastLine = record.line
            return
        }
        let blank = record.blankKeyColumns.map(\.name)
        let mistake = flaw?.problem ?? (blank.isEmpty ? record.keyMistakes.first : nil)
        stray = StrayRows(firstLine: record.line, lastLine: record.line, first: mistake, blank: blank)
    }

    /// - Parameter key: Of the row that follows; nil at the end of the file.
    private mutating func endStray(before key: CSVKey?) {
        guard let problem = stray?.problem else { return }
        stray = nil
        current?.note(problem)
        if key != nil, key != current?.key { carried.append(problem) }
    }
}

/// Rows one after another of which it is not known which transaction they belong to.
private struct StrayRows {
    let firstLine: Int
    var lastLine: Int
    /// What is wrong with the first one; nil where it only leaves out the key.
    let first: IntakeProblem?
    /// The columns of the key that the first one leaves blank.
    let blank: [String]

    var problem: IntakeProblem {
        if let first {
            guard lastLine > firstLine else { return first }
            return IntakeProblem(
                line: first.line, field: first.field, value: first.value,
                remedy: "\(first.remedy); the rows to line \(lastLine) don't say either which transaction they are")
        }
        let rows = firstLine == lastLine ? "this row does" : "the rows to line \(lastLine) do"
        return IntakeProblem(
            line: firstLine, field: blank.joined(separator: ", "), value: "",
            remedy: "\(rows) not say which transaction it is; write source, store and id in every row")
    }
}

/// Where each transaction of a file began, what it held, and whether it was refused, in sixteen bytes for each.
///
/// Two of a million keys almost never have the same hash; if they do, the file is refused without need.
private struct SeenBlocks {
    struct Place {
        let line: Int
        let hash: UInt32
        let isRefused: Bool
    }

    /// The hash of the key, and: 31 bits of the line, a bit for a refusal, and 32 bits of the block's hash.
    private var places: [Int: UInt64] = [:]

    func contains(_ key: CSVKey) -> Bool { places[key.hashValue] != nil }

    func place(of key: CSVKey) -> Place? {
        places[key.hashValue].map { place in
            Place(
                line: Int(place >> 33), hash: UInt32(truncatingIfNeeded: place), isRefused: place & 1 << 32 != 0)
        }
    }

    /// Keeps the first block of its key.
    mutating func insert(_ block: CSVBlock, isRefused: Bool) {
        let line = UInt64(UInt32(clamping: block.line) & 0x7FFF_FFFF)
        let place = line << 33 | (isRefused ? 1 << 32 : 0) | UInt64(block.hash)
        if places[block.key.hashValue] == nil { places[block.key.hashValue] = place }
    }
}
