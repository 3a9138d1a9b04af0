// SPDX-License-Identifier: Apache-2.0
import CZlib
import NIOCore

/// Packs bytes as `gzip` does.
enum Gzip {
    static func packed(_ bytes: some Collection<UInt8>, level: Int32 = Z_DEFAULT_COMPRESSION) throws -> ByteBuffer {
        var stream = z_stream()
        // 15 bits of window, and 16 for gzip.
        let begun = deflateInit2_(
            &stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard begun == Z_OK else { throw Missing() }
        defer { deflateEnd(&stream) }
        var input = Array(bytes)
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, uLong(input.count))))
        let count = output.count
        let outcome = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(count)
                return deflate(&stream, Z_FINISH)
            }
        }
        guard outcome == Z_STREAM_END else { throw Missing() }
        return ByteBuffer(bytes: output.prefix(count - Int(stream.avail_out)))
    }
}
