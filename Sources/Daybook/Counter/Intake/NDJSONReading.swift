// SPDX-License-Identifier: Apache-2.0

/// One transaction per line, from bytes that come in pieces.
///
/// LF, CR and CRLF end a line; Unicode's separators don't, because they may stand inside a text.
struct NDJSONReading {
    private var buffer: [UInt8] = []
    private var searched = 0
    private var line = 1
    /// A CR ended the line before, so that an LF that follows belongs to it.
    private var mayFollowCR = false
    private var tape = FieldTape()

    mutating func read(_ piece: ArraySlice<UInt8>, into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        buffer.append(contentsOf: piece)
        var start = 0
        while searched < buffer.count {
            let byte = buffer[searched]
            if mayFollowCR, byte == 10, searched == start {
                start += 1
            } else if byte == 10 || byte == 13 {
                try endLine(start..<searched, into: &rows)
                start = searched + 1
                mayFollowCR = byte == 13
                searched += 1
                continue
            }
            mayFollowCR = false
            searched += 1
        }
        buffer.removeSubrange(..<start)
        searched -= start
        guard buffer.count <= IntakeReading.mostBytes else {
            throw .unreadable("the line is longer than 16 MiB; write one transaction a line", line: line)
        }
    }

    mutating func finish(into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        try endLine(0..<buffer.count, into: &rows)
        buffer = []
    }

    /// A line with several transactions is one whose line breaks were lost.
    private func remedy(_ mistake: JSONReader.Malformed, _ range: Range<Int>) -> String {
        let between = [UInt8(ascii: "}"), UInt8(ascii: "{")]
        let pairs = zip(buffer[range], buffer[range].dropFirst())
        guard pairs.contains(where: { [$0, $1] == between }) else { return mistake.remedy }
        return """
            there are several transactions in one line; write one a line. If the line breaks were lost on the way, send \
            the file with curl's --data-binary instead of -d
            """
    }

    private mutating func endLine(_ range: Range<Int>, into rows: inout [IntakeFile.Row]) throws(IntakeStop) {
        defer { line += 1 }
        guard FieldText.isUTF8(buffer[range]) else { throw .notUTF8 }
        guard !FieldText.isBlank(buffer[range]) else { return }
        do throws(JSONReader.Malformed) {
            try JSONReader.read(buffer, range, depth: 0, onto: &tape)
            rows.append(IntakeFile.Row(line: line, result: TransactionReader.read(tape, line: line)))
        } catch {
            rows.append(
                error.isInside ? .mistaken(line, error) : .mistaken(line, "file", "unreadable", remedy(error, range)))
        }
    }
}
