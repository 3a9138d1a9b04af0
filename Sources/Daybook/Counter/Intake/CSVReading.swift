// SPDX-License-Identifier: Apache-2.0

/// Transactions from a CSV file that comes in pieces.
struct CSVReading {
    private enum Header {
        case unread
        /// It has mistakes, and so the rows under it can't be read.
        case refused
        case columns(CSVColumns)
        case table(ProfiledRows)
    }

    /// How a table is read that is not Daybook's own CSV.
    private let profile: IntakeProfile?
    private var scanner: CSVScanner?
    /// The first line as far as it was received; it tells the separator.
    private var start: [UInt8] = []
    private var header = Header.unread
    private var transactions: CSVTransactions

    /// - Parameter findings: What an earlier pass through the file found.
    init(profile: IntakeProfile? = nil, findings: CSVFindings) {
        self.profile = profile
        scanner = profile.map { CSVScanner(separator: $0.separator.byte) }
        if let profile, let titles = profile.titles, let table = ProfiledRows(profile, titles: titles) {
            header = .table(table)
        }
        transactions = CSVTransactions(findings: findings)
    }

    mutating func read(_ piece: ArraySlice<UInt8>, into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        guard scanner == nil else { return try scan(piece, into: &rows) }
        start.append(contentsOf: piece)
        guard piece.contains(where: { $0 == 10 || $0 == 13 }) else {
            guard start.count <= IntakeReading.mostBytes else {
                throw .unreadable("the first line is longer than 16 MiB; a table begins with a row of titles", line: 1)
            }
            return
        }
        try begin(into: &rows)
    }

    mutating func finish(into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        if scanner == nil { try begin(into: &rows) }
        if let last = try scanner?.finish() { take(last, into: &rows) }
        if case .unread = header { rows.append(Self.noHeader(profile)) }
        let count = rows.count
        try transactions.finish(into: &rows)
        if case .table(let table) = header { table.rename(&rows, from: count) }
    }

    private mutating func begin(into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        scanner = CSVScanner(header: start[...])
        let bytes = start
        start = []
        try scan(bytes[...], into: &rows)
    }

    private mutating func scan(_ piece: ArraySlice<UInt8>, into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        var bytes = piece
        while let row = try scanner?.next(&bytes) { take(row, into: &rows) }
    }

    private mutating func take(_ row: CSVRow, into rows: inout [IntakeFile.Row]) {
        switch header {
        // The rows under a header with mistakes aren't read, but the rest of the file must still be CSV.
        case .refused: break
        case .unread: readHeader(row, into: &rows)
        case .columns(let columns):
            guard !columns.isHeader(row) else { return }
            let record = CSVRecord(row, columns)
            transactions.add(record, columns.flaw(of: row), isInPlace: columns.tellsPlace(record), into: &rows)
        case .table(let table): take(row, of: table, into: &rows)
        }
    }

    private mutating func take(_ row: CSVRow, of table: ProfiledRows, into rows: inout [IntakeFile.Row]) {
        let flaw = table.titles.flaw(of: row)
        guard !table.titles.isHeader(row), !table.passesOver(row) else { return }
        let count = rows.count
        let hasCount = table.places[.distributions] != nil
        let record = CSVRecord(
            table.row(row), ProfiledRows.columns, distributions: hasCount ? table.text(.distributions, row) : nil)
        transactions.add(record, flaw, isInPlace: table.tellsPlace(record), into: &rows)
        table.rename(&rows, from: count)
    }

    private mutating func readHeader(_ row: CSVRow, into rows: inout [IntakeFile.Row]) {
        if let profile {
            // What stands above the header, such as a title, is passed over, unless its quotes took in other rows.
            if let table = ProfiledRows(profile, header: row) {
                header = .table(table)
            } else if let problem = CSVColumns(Array(repeating: "", count: row.count)).flaw(of: row)?.problem {
                header = .refused
                rows.append(.mistaken(problem))
            }
            return
        }
        let names = (0..<row.count).map { cell in
            FieldText.text(ofCell: row[cell]).lowercased()
        }
        let mistakes = Self.mistakes(of: names, row)
        rows += mistakes
        header = mistakes.isEmpty ? .columns(CSVColumns(names)) : .refused
    }

    private static func noHeader(_ profile: IntakeProfile?) -> IntakeFile.Row {
        guard let profile else { return .mistaken(1, "file", "empty", "write a header row and at least one row") }
        let titles = Set(profile.columns.values).sorted().map { "“\($0)”" }.joined(separator: ", ")
        return .mistaken(
            1, "file", "no header",
            "no row has the columns \(titles) of the profile \(profile.name); choose another profile")
    }

    private static func mistakes(of names: [String], _ row: CSVRow) -> [IntakeFile.Row] {
        if let problem = CSVColumns(names).flaw(of: row)?.problem { return [.mistaken(problem)] }
        let known = CSVColumn.allCases.map(\.name)
        let unknown = names.filter { !known.contains($0) }
        guard names.count <= known.count || unknown.count < 3 else {
            return [
                .mistaken(
                    1, "header row", "\(names.count) cells",
                    """
                    Daybook's own table has only \(known.count) columns; for another table make a profile with `daybook \
                    profiles propose`, or if the file's line breaks were lost on the way, send it with curl's \
                    --data-binary instead of -d
                    """)
            ]
        }
        let missing = CSVColumn.required.map(\.name).filter { !names.contains($0) }
        // Columns without a name are reported as such already, each by itself.
        let twice = Set(names.filter { name in !name.isEmpty && names.count(where: { $0 == name }) > 1 })
        return unknown.enumerated().map { index, name in
            let list = "; the columns are \(known.joined(separator: ", "))"
            let other = "; for another table make a profile with `daybook profiles propose`"
            return .mistaken(
                1, name.isEmpty ? "column" : name, name, "no such column\(index == 0 ? list + other : "")")
        }
            + missing.map { .mistaken(1, $0, "", "add this column to the header row") }
            + twice.sorted().map { .mistaken(1, $0, $0, "the header names this column twice; remove one") }
    }
}
