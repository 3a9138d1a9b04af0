// SPDX-License-Identifier: Apache-2.0

/// Transactions from a CSV file that comes in pieces.
struct CSVReading {
    private let gathersRows: Bool
    private var scanner: CSVScanner?
    /// The first line as far as it was received; it tells the separator.
    private var header: [UInt8] = []
    private var columns: CSVColumns?
    private var isRefused = false
    private var consecutive = ConsecutiveRows()
    private var gathered = GatheredRows()

    init(gathersRows: Bool) { self.gathersRows = gathersRows }

    mutating func read(_ piece: ArraySlice<UInt8>, into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        guard scanner == nil else { return try scan(piece, into: &rows) }
        header.append(contentsOf: piece)
        guard header.contains(where: { $0 == 10 || $0 == 13 }) else { return }
        try begin(into: &rows)
    }

    mutating func finish(into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        if scanner == nil { try begin(into: &rows) }
        if let last = try scanner?.finish() { try take(last, into: &rows) }
        guard !isRefused else { return }
        guard columns != nil else {
            rows.append(.mistaken(1, "file", "empty", "write a header row and at least one row"))
            return
        }
        if gathersRows { gathered.finish(into: &rows) } else { consecutive.finish(into: &rows) }
    }

    private mutating func begin(into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        scanner = CSVScanner(header: header[...])
        let start = header
        header = []
        try scan(start[...], into: &rows)
    }

    private mutating func scan(_ piece: ArraySlice<UInt8>, into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        var bytes = piece
        while let row = try scanner?.next(&bytes) { try take(row, into: &rows) }
    }

    private mutating func take(_ row: CSVRow, into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        guard let columns else {
            readHeader(row, into: &rows)
            return
        }
        // The rows under a header with mistakes aren't read, but the rest of the file must still be CSV.
        guard !isRefused else { return }
        if gathersRows {
            gathered.add(row, columns)
        } else {
            try consecutive.add(row, columns, into: &rows)
        }
    }

    private mutating func readHeader(_ row: CSVRow, into rows: inout [IntakeFile.Row]) {
        let names = (0..<row.count).map { cell in
            FieldText.trimmedCell(row[cell]).map { String(decoding: $0, as: UTF8.self).lowercased() } ?? ""
        }
        columns = CSVColumns(names)
        let mistakes = Self.mistakes(of: names)
        isRefused = !mistakes.isEmpty
        rows += mistakes
    }

    private static func mistakes(of names: [String]) -> [IntakeFile.Row] {
        let known = CSVColumn.allCases.map(\.name)
        let unknown = names.filter { !known.contains($0) }
        let missing = CSVColumn.required.map(\.name).filter { !names.contains($0) }
        // Columns without a name are reported as such already, each by itself.
        let twice = Set(names.filter { name in !name.isEmpty && names.count(where: { $0 == name }) > 1 })
        return unknown.map {
            .mistaken(
                1, $0.isEmpty ? "column" : $0, $0, "no such column; the columns are \(known.joined(separator: ", "))")
        }
            + missing.map { .mistaken(1, $0, "", "add this column to the header row") }
            + twice.sorted().map { .mistaken(1, $0, $0, "the header names this column twice; remove one") }
    }
}
