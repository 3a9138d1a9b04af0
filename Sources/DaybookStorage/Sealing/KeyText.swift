// SPDX-License-Identifier: Apache-2.0

/// Data keys as text: a heading, then a line of 64 hex digits for the current key and for each one before it.
package enum KeyText {
    private static let heading = "Daybook key 1"
    /// Bytes: more than any key file has.
    package static let longest = 1_024

    /// - Throws: ``KeyRefused/Cause/unreadable`` or ``KeyRefused/Cause/wrongLength``.
    package static func keys(in bytes: [UInt8]) throws(KeyRefused.Cause) -> DataKeys {
        guard bytes.count <= longest, let text = String(validating: bytes, as: UTF8.self) else { throw .unreadable }
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.count > 1, lines[0] == heading else { throw .unreadable }
        var keys: [DataKey] = []
        for line in lines.dropFirst() { keys.append(try key(in: line)) }
        return DataKeys(keys[0], former: Array(keys.dropFirst()))
    }

    static func bytes(_ keys: DataKeys) -> [UInt8] {
        Array(([heading] + keys.all.map(\.bytes.hex)).map { $0 + "\n" }.joined().utf8)
    }

    private static func key(in line: Substring) throws(KeyRefused.Cause) -> DataKey {
        let digits = line.compactMap(\.hexDigitValue)
        guard digits.count == line.count else { throw .unreadable }
        guard digits.count == 2 * DataKey.length else { throw .wrongLength(digits: digits.count) }
        return DataKey(stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }
}
