// SPDX-License-Identifier: Apache-2.0
import Crypto
import Daybook
import Foundation

/// A record as it lies in the file: a mark, the payload's length, its connection and generation, the
/// sealed payload, and the SHA-256 of all before it.
///
/// Numbers are little-endian.
///
/// A record that does not verify is stepped over to the next mark, so that damage to one loses no other.
struct JournalFrame: Equatable {
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

    /// - Returns: All frames that verify, in order, and how many bytes belong to none.
    static func scan(_ file: [UInt8]) -> (frames: [JournalFrame], unreadableBytes: Int) {
        var frames: [JournalFrame] = []
        var offset = 0
        var unreadable = 0
        while offset < file.count {
            if let (frame, length) = frame(at: offset, in: file) {
                frames.append(frame)
                offset += length
            } else {
                offset += 1
                unreadable += 1
            }
        }
        return (frames, unreadable)
    }

    private static func frame(at start: Int, in file: [UInt8]) -> (JournalFrame, length: Int)? {
        guard file.count - start >= headLength + digestLength, file[start] == mark[0],
            file[start..<start + 4].elementsEqual(mark)
        else { return nil }
        let payloadLength = Int(number(file, start + 4, 4))
        let bodyEnd = start + headLength + payloadLength
        guard bodyEnd + digestLength <= file.count,
            SHA256.hash(data: file[start..<bodyEnd]) == file[bodyEnd..<bodyEnd + digestLength]
        else { return nil }
        let frame = JournalFrame(
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
