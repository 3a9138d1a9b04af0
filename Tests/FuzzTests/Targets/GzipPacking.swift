// SPDX-License-Identifier: Apache-2.0
import CZlib

/// Packs with gzip, for what has to be unpacked.
enum GzipPacking {
    static func packed(_ plain: [UInt8]) throws -> [UInt8] {
        var stream = z_stream()
        let began = deflateInit2_(
            &stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        try promise(began == Z_OK, "zlib does not begin")
        defer { deflateEnd(&stream) }
        var plain = plain
        var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(plain.count))))
        let count = try plain.withUnsafeMutableBufferPointer { source in
            try packed.withUnsafeMutableBufferPointer { target in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(target.count)
                try promise(deflate(&stream, Z_FINISH) == Z_STREAM_END, "zlib does not end")
                return target.count - Int(stream.avail_out)
            }
        }
        return Array(packed.prefix(count))
    }
}
