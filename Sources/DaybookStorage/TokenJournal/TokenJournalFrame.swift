// SPDX-License-Identifier: Apache-2.0
import Crypto
import Daybook
import Foundation

/// A record in the file: a mark, the payload's length, its connection and generation, the sealed payload, and the
/// SHA-256 of all that.
///
/// Numbers are little-endian.
///
/// If a record does not verify, reading goes on at the next mark, so that damage to one record loses no other.
package struct TokenJournalFrame: Equatable {
    static let mark: [UInt8] = Array("\u{1}DTJ".utf8)
    private static let headLength = 4 + 4 + 8 + 8
    private static let digestLength = 32

    let connection: Int64
    let generation: Int64
    let payload: [UInt8]

    var bytes: [UInt8] {
        let body =
            Self.mark + Self.bytes(UInt32(payload.count)) + Self.bytes(UInt64(bitPattern: connection))
            + Self.bytes(UInt64(bitPattern: generation)) + payload
        return body + Array(SHA256.hash(data: body))
    }

    /// What a file holds.
    package struct Scan {
        /// All frames that verify, in order.
        var frames: [TokenJournalFrame] = []
        /// How many bytes before the end belong to none.
        var unreadableBytes = 0
        /// Where the next frame goes, after all that was written; zeros after it are room kept for answers.
        package var end = 0
    }

    package static func scan(_ file: [UInt8]) -> Scan {
        var scan = Scan()
        // A frame's own last byte may be zero, so the end is where the last frame ends, or after the last byte that
        // isn't zero.
        let written = (file.lastIndex { $0 != 0 } ?? -1) + 1
        var lastFrame = 0
        while scan.end < written {
            if let (frame, length) = frame(at: scan.end, in: file) {
                scan.frames.append(frame)
                scan.end += length
                lastFrame = scan.end
            } else {
                scan.end += 1
                scan.unreadableBytes += 1
            }
        }
        // A torn frame may lack only its last bytes. The next frame is written with a gap, or its first bytes could by
        // chance complete the torn one and be lost.
        if scan.end > lastFrame { scan.end += digestLength }
        return scan
    }

    private static func frame(at start: Int, in file: [UInt8]) -> (TokenJournalFrame, length: Int)? {
        guard file.count - start >= headLength + digestLength, file[start] == mark[0],
            file[start..<start + 4].elementsEqual(mark)
        else { return nil }
        let payloadLength = Int(number(file, start + 4, 4))
        let bodyEnd = start + headLength + payloadLength
        guard bodyEnd + digestLength <= file.count,
            SHA256.hash(data: file[start..<bodyEnd]) == file[bodyEnd..<bodyEnd + digestLength]
        else { return nil }
        let frame = TokenJournalFrame(
            connection: Int64(bitPattern: number(file, start + 8, 8)),
            generation: Int64(bitPattern: number(file, start + 16, 8)),
            payload: Array(file[start + headLength..<bodyEnd]))
        return (frame, headLength + payloadLength + digestLength)
    }

    private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    private static func number(_ file: [UInt8], _ offset: Int, _ length: Int) -> UInt64 {
        file[offset..<offset + length].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
