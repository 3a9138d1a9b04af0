// SPDX-License-Identifier: Apache-2.0

/// Reads transactions from bytes that come in pieces of any size, each transaction as soon as it is complete.
///
/// It holds only what is not complete yet, so a file of any size takes constant memory, but for some bytes for
/// each transaction, to notice one that comes again.
struct IntakeReading {
    private enum Reader {
        case json(JSONArrayReading)
        case ndjson(NDJSONReading)
        case csv(CSVReading)
        case iif(IIFReading)
    }

    /// The most bytes of one transaction, line or row: more than a transaction of 4,000 lines needs.
    static let mostBytes = 16 << 20

    private var reader: Reader
    /// Nil for what is UTF-8.
    private var decoding: TextDecoding?
    /// For JSON; what comes again in a CSV file is compared there.
    private var seen = SeenKeys()
    /// The first bytes, held until they tell the encoding; nil from then on.
    private var start: [UInt8]? = []

    /// - Parameters:
    ///   - profile: How a file is read that is not in Daybook's own formats; the format is the profile's then.
    ///   - findings: What an earlier pass through the same file found.
    init(format: IntakeFile.Format, profile: IntakeProfile? = nil, findings: CSVFindings) {
        decoding = profile.map { TextDecoding($0.encoding) }
        reader =
            switch format {
            case .json: .json(JSONArrayReading())
            case .ndjson: .ndjson(NDJSONReading())
            case .csv: .csv(CSVReading(profile: profile, findings: findings))
            case .iif: .iif(IIFReading(profile: profile ?? IIFProfile.unnamed, findings: findings))
            }
    }

    mutating func read(_ piece: ArraySlice<UInt8>, into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        try readText(decoding?.decode(piece) ?? piece, into: &rows)
    }

    private mutating func readText(_ piece: ArraySlice<UInt8>, into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        guard start != nil else { return try pass(piece, into: &rows) }
        start?.append(contentsOf: piece)
        guard let held = start, held.count >= 4 else { return }
        start = nil
        try pass(try Self.content(held), into: &rows)
    }

    mutating func finish(into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        if let rest = decoding?.finish() { try readText(rest, into: &rows) }
        if let held = start {
            start = nil
            try pass(try Self.content(held), into: &rows)
        }
        switch reader {
        case .json(var json):
            reader = .json(JSONArrayReading())
            let count = rows.count
            try json.finish(into: &rows)
            seen.note(in: &rows, from: count)
        case .ndjson(var ndjson):
            reader = .json(JSONArrayReading())
            let count = rows.count
            try ndjson.finish(into: &rows)
            seen.note(in: &rows, from: count)
        case .csv(var csv):
            reader = .json(JSONArrayReading())
            try csv.finish(into: &rows)
        case .iif(var iif):
            reader = .json(JSONArrayReading())
            try iif.finish(into: &rows)
        }
    }

    // The reader is taken out while it reads, so that its buffers have one owner and are not copied.
    private mutating func pass(_ piece: ArraySlice<UInt8>, into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        switch reader {
        case .json(var json):
            reader = .json(JSONArrayReading())
            let count = rows.count
            try json.read(piece, into: &rows)
            seen.note(in: &rows, from: count)
            reader = .json(json)
        case .ndjson(var ndjson):
            reader = .json(JSONArrayReading())
            let count = rows.count
            try ndjson.read(piece, into: &rows)
            seen.note(in: &rows, from: count)
            reader = .ndjson(ndjson)
        case .csv(var csv):
            reader = .json(JSONArrayReading())
            try csv.read(piece, into: &rows)
            reader = .csv(csv)
        case .iif(var iif):
            reader = .json(JSONArrayReading())
            try iif.read(piece, into: &rows)
            reader = .iif(iif)
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

/// The line at which each transaction of a file came first, in twelve bytes for each.
///
/// Two of a million keys almost never have the same hash; if they do, a message may name a wrong line.
private struct SeenKeys {
    private var lines: [Int: UInt32] = [:]

    /// Notes in the rows that came last where their transactions came before.
    mutating func note(in rows: inout [IntakeFile.Row], from start: Int) {
        for index in rows.indices.dropFirst(start) {
            guard let line = rows[index].line, case .success(let balanced) = rows[index].result else { continue }
            let key = balanced.transaction.key.hashValue
            if let earlier = lines[key] {
                rows[index].earlierLine = Int(earlier)
            } else {
                lines[key] = UInt32(clamping: line)
            }
        }
    }
}
