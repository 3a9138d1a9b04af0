// SPDX-License-Identifier: Apache-2.0
import CZlib
import NIOCore

/// Unpacks gzip while it arrives, up to a limit.
///
/// A file may hold several packed parts one after the other, as `cat monday.csv.gz tuesday.csv.gz` makes them.
final class GzipInflater {
    struct Limits {
        /// How many bytes the unpacked body may have.
        let size: Int
        /// How many times larger than its packed bytes it may be, where it has more than ``unsuspicious`` bytes.
        let ratio: Int
        /// The ratio of a smaller result is not checked.
        var unsuspicious = 1 << 20
    }

    enum Failure: Error, Equatable {
        case tooLarge
        case tooDense
        case damaged
        case cut
    }

    private let limits: Limits
    // zlib keeps the stream's address.
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private let piece = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64 << 10)
    private var packedCount = 0
    private var inflated = ByteBuffer()
    /// Whether a packed part has begun that has not ended.
    private var isInside = true

    init(_ limits: Limits) throws {
        self.limits = limits
        stream.initialize(to: z_stream())
        // 15 bits of window, and 16 for gzip and nothing else.
        let outcome = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard outcome == Z_OK else { throw Failure.damaged }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        piece.deallocate()
    }

    func append(_ packed: ByteBuffer) throws {
        packedCount += packed.readableBytes
        try packed.withUnsafeReadableBytes { bytes in
            guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
            // zlib only reads there.
            stream.pointee.next_in = UnsafeMutablePointer(mutating: start)
            stream.pointee.avail_in = UInt32(bytes.count)
            try inflateAll()
        }
    }

    /// The whole unpacked body.
    ///
    /// - Throws: ``Failure`` when the packed bytes end too early.
    func finish() throws -> ByteBuffer {
        guard !isInside else { throw Failure.cut }
        return inflated
    }

    private func inflateAll() throws {
        var isFull = false
        while stream.pointee.avail_in > 0 || isFull {
            if !isInside {
                guard inflateReset(stream) == Z_OK else { throw Failure.damaged }
                isInside = true
            }
            isFull = try inflatePiece()
        }
    }

    /// - Returns: Whether the packed bytes that are there may give another piece.
    private func inflatePiece() throws -> Bool {
        stream.pointee.next_out = piece.baseAddress
        stream.pointee.avail_out = UInt32(piece.count)
        let outcome = inflate(stream, Z_NO_FLUSH)
        let count = piece.count - Int(stream.pointee.avail_out)
        inflated.writeBytes(UnsafeRawBufferPointer(start: piece.baseAddress, count: count))
        try checkLimits()
        switch outcome {
        case Z_STREAM_END:
            isInside = false
            return false
        case Z_OK: return stream.pointee.avail_out == 0
        // zlib needs more packed bytes; that is no error.
        case Z_BUF_ERROR: return false
        default: throw Failure.damaged
        }
    }

    private func checkLimits() throws {
        let count = inflated.readableBytes
        guard count <= limits.size else { throw Failure.tooLarge }
        guard count <= limits.unsuspicious || count / limits.ratio <= packedCount else { throw Failure.tooDense }
    }
}
