// SPDX-License-Identifier: Apache-2.0

/// Reads transactions from bytes that come in pieces of any size, each transaction as soon as it is complete.
///
/// It holds only what is not complete yet, so a file of any size takes constant memory. For a CSV file it also holds
/// eight bytes per transaction, to notice rows that are apart, and all rows when it gathers them.
struct IntakeReading {
    private enum Reader {
        case json(JSONArrayReading)
        case ndjson(NDJSONReading)
        case csv(CSVReading)
    }

    /// The most bytes of one transaction, line or row: more than a transaction of 4,000 lines needs.
    static let mostBytes = 16 << 20

    private var reader: Reader
    /// The first bytes, held until they tell the encoding; nil from then on.
    private var start: [UInt8]? = []

    init(format: IntakeFile.Format, gathersRows: Bool) {
        reader =
            switch format {
            case .json: .json(JSONArrayReading())
            case .ndjson: .ndjson(NDJSONReading())
            case .csv: .csv(CSVReading(gathersRows: gathersRows))
            }
    }

    mutating func read(_ piece: ArraySlice<UInt8>, into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        guard start != nil else { return try pass(piece, into: &rows) }
        start?.append(contentsOf: piece)
        guard let held = start, held.count >= 4 else { return }
        start = nil
        try pass(try Self.content(held), into: &rows)
    }

    mutating func finish(into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        if let held = start {
            start = nil
            try pass(try Self.content(held), into: &rows)
        }
        switch reader {
        case .json(var json):
            reader = .json(JSONArrayReading())
            try json.finish(into: &rows)
        case .ndjson(var ndjson):
            reader = .json(JSONArrayReading())
            try ndjson.finish(into: &rows)
        case .csv(var csv):
            reader = .json(JSONArrayReading())
            try csv.finish(into: &rows)
        }
    }

    // The reader is taken out while it reads, so that its buffers have one owner and are not copied.
    private mutating func pass(_ piece: ArraySlice<UInt8>, into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        switch reader {
        case .json(var json):
            reader = .json(JSONArrayReading())
            try json.read(piece, into: &rows)
            reader = .json(json)
        case .ndjson(var ndjson):
            reader = .json(JSONArrayReading())
            try ndjson.read(piece, into: &rows)
            reader = .ndjson(ndjson)
        case .csv(var csv):
            reader = .json(JSONArrayReading())
            try csv.read(piece, into: &rows)
            reader = .csv(csv)
        }
    }

    /// The bytes without a byte order mark.
    ///
    /// - Throws: ``IntakeStop/utf16``, which is known by its mark or by a zero byte beside plain letters.
    private static func content(_ bytes: [UInt8]) throws(IntakeStop) -> ArraySlice<UInt8> {
        let isUTF16 = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
        guard !isUTF16, !bytes.prefix(4).contains(0) else { throw .utf16 }
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    }
}
