// SPDX-License-Identifier: Apache-2.0

/// Journals from a file in QuickBooks Desktop's IIF that comes in pieces.
///
/// A row begins with a word that says what it is. A block begins with TRNS, goes on with SPL and ends with ENDTRNS; the rows
/// that begin with an exclamation mark have the titles. Lists of accounts, customers and the like are passed over.
struct IIFReading {
    private let profile: IntakeProfile
    private var scanner: CSVScanner
    private var transactions: CSVTransactions
    /// The titles of TRNS and SPL rows.
    private var tables: [IIFWord: ProfiledRows] = [:]
    /// The words of lists, which had titles.
    private var lists: Set<String> = []
    private var open: IIFBlock?
    /// A block that has ended, until it is known that no stray rows follow, which may belong to it.
    private var ended: IIFBlock?
    private var blocksOfDay: [String: Int] = [:]
    /// The day of the block before; blocks of a day stand together.
    private var latestDay: String?
    /// Whether titles came again behind a block: the file may be an export that was appended to another.
    private var wasAppended = false
    /// Where each journal began that has no number of its own.
    private var derived: [CSVKey: Int] = [:]
    /// Whether titles were refused, so that no block can be read.
    private var isRefused = false
    private var hasBlock = false
    /// Whether a row was reported that belongs to no block.
    private var hasStray = false

    /// - Parameter findings: What an earlier pass through the file found.
    init(profile: IntakeProfile, findings: CSVFindings) {
        self.profile = profile
        scanner = CSVScanner(separator: profile.separator.byte)
        transactions = CSVTransactions(findings: findings)
    }

    mutating func read(_ piece: ArraySlice<UInt8>, into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        var bytes = piece
        while let row = try scanner.next(&bytes) { take(row, into: &rows) }
    }

    mutating func finish(into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        if let last = try scanner.finish() { take(last, into: &rows) }
        if var block = open {
            block.note(.missingEnd, at: block.lastLine)
            end(block, into: &rows)
        }
        give(&rows)
        if !hasBlock, !isRefused, !hasStray {
            rows.append(.mistaken(1, "file", "no TRNS", "it has no transactions; choose a file that has some"))
        }
        let count = rows.count
        try transactions.finish(into: &rows)
        rename(&rows, from: count)
    }

    private mutating func take(_ row: CSVRow, into rows: inout [IntakeFile.Row]) {
        let word = FieldText.text(ofCell: row[0]).uppercased()
        switch (IIFWord(rawValue: word), word.first) {
        // Quotes that were not closed in their row may have taken in others.
        case (nil, _) where row.hasLineBreak && row.heldSeparators > 0,
            (.endtrns, _) where row.hasLineBreak || row.quoteMistake != nil,
            (_, "!") where row.hasLineBreak || row.quoteMistake != nil:
            stray(row, "close its quotes", into: &rows)
        case (_, "!"): readTitles(row, String(word.dropFirst()), into: &rows)
        case (.trns, _): begin(row, into: &rows)
        case (.spl, _): add(row, into: &rows)
        case (.endtrns, _): readEnd(row, into: &rows)
        case (nil, _) where lists.contains(word) && row.quoteMistake == nil && open == nil: break
        case (nil, _): stray(row, "start every row with TRNS, SPL or ENDTRNS", into: &rows)
        }
    }

    private mutating func readTitles(_ row: CSVRow, _ word: String, into rows: inout [IntakeFile.Row]) {
        guard let word = IIFWord(rawValue: word) else {
            lists.insert(word)
            return
        }
        guard word != .endtrns else { return }
        if word == .trns, hasBlock {
            give(&rows)
            wasAppended = true
        }
        let titles = (0..<row.count).map { FieldText.text(ofCell: row[$0]) }
        var needed: Set<ProfileField> = [.account, .amount]
        if word == .trns { needed.formUnion([.date, .store]) }
        tables[word] = ProfiledRows(profile, titles: titles, needed: needed)
        guard tables[word] == nil else { return }
        isRefused = true
        let missing = needed.compactMap { profile.columns[$0] }.filter { title in
            !titles.contains { ColumnTitle.isSame($0, title) }
        }
        rows.append(
            .mistaken(
                row.line, "!\(word.rawValue)", missing.sorted().joined(separator: ", "),
                "this row of titles has no such column; add it, or choose another profile"))
    }

    private mutating func begin(_ row: CSVRow, into rows: inout [IntakeFile.Row]) {
        if var block = open {
            block.note(.missingEnd, at: row.line)
            end(block, into: &rows)
        }
        give(&rows)
        hasBlock = true
        guard let table = table(.trns, row, into: &rows) else { return }
        open = IIFBlock(row, table)
    }

    private mutating func add(_ row: CSVRow, into rows: inout [IntakeFile.Row]) {
        guard open != nil else { return stray(row, "a TRNS row has to come before it", into: &rows) }
        guard let table = table(.spl, row, into: &rows) else { return }
        open?.add(row, table)
    }

    private mutating func readEnd(_ row: CSVRow, into rows: inout [IntakeFile.Row]) {
        guard let block = open else { return stray(row, "a TRNS row has to come before it", into: &rows) }
        end(block, into: &rows)
    }

    private mutating func end(_ block: IIFBlock, into rows: inout [IntakeFile.Row]) {
        open = nil
        give(&rows)
        ended = block
    }

    /// Nil, with a mistake, where no row of titles came before.
    private mutating func table(_ word: IIFWord, _ row: CSVRow, into rows: inout [IntakeFile.Row]) -> ProfiledRows? {
        if let table = tables[word] { return table }
        if !isRefused {
            isRefused = true
            rows.append(
                .mistaken(row.line, word.rawValue, "", "a row !\(word.rawValue) with the titles has to come before it"))
        }
        return nil
    }

    /// A row that belongs to no block; it may be the rest of the one before.
    private mutating func stray(_ row: CSVRow, _ remedy: String, into rows: inout [IntakeFile.Row]) {
        guard !isRefused else { return }
        let problem = IntakeProblem(
            line: row.line, field: "row", value: FieldText.text(ofCell: row[0]),
            remedy: "it belongs to no transaction; \(remedy)")
        if open != nil {
            open?.note(problem)
        } else if ended != nil {
            ended?.note(problem)
        } else {
            hasStray = true
            rows.append(.mistaken(problem))
        }
    }

    /// Hands over the block that has ended.
    private mutating func give(_ rows: inout [IntakeFile.Row]) {
        guard let block = ended else { return }
        ended = nil
        guard !isRefused else { return }
        let day = block.day
        let isPlaced = profile.numbering == .dayAndPlace
        let isDayAgain = blocksOfDay[day] != nil && latestDay != day
        latestDay = day
        blocksOfDay[day, default: 0] += 1
        let count = rows.count
        switch block.transaction(numbering: profile.numbering, place: blocksOfDay[day] ?? 1) {
        case .failure(let problems): rows.append(IntakeFile.Row(line: block.line, result: .failure(problems)))
        case .success(var journal):
            if isPlaced, wasAppended || isDayAgain { journal.note(block.unplaced) }
            if !isPlaced, block.isDerived(profile.numbering) {
                if let first = derived[journal.key] { journal.note(block.unnumbered(since: first)) }
                derived[journal.key] = derived[journal.key] ?? block.line
            }
            transactions.add(journal, into: &rows)
        }
        rename(&rows, from: count)
    }

    private func rename(_ rows: inout [IntakeFile.Row], from start: Int) {
        (tables[.trns] ?? tables[.spl])?.rename(&rows, from: start)
    }
}

/// What a row of an IIF file is of a transaction.
enum IIFWord: String {
    case trns = "TRNS"
    case spl = "SPL"
    case endtrns = "ENDTRNS"

    /// Whether a row that begins with a word is of a transaction, or has the titles of such rows.
    static func isOfTransactions(_ word: String) -> Bool {
        IIFWord(rawValue: (word.hasPrefix("!") ? String(word.dropFirst()) : word).uppercased()) != nil
    }
}
