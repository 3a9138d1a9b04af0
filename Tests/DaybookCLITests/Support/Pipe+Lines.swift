// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

extension Pipe {
    /// What is written into it, line by line, until the writer ends.
    ///
    /// Goes on reading when nobody listens any more, so that the pipe never fills up.
    func lines() -> AsyncStream<String> {
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        let begun = Mutex(Data())
        fileHandleForReading.readabilityHandler = { handle in
            let chunk = handle.availableData
            guard !chunk.isEmpty else {
                handle.readabilityHandler = nil
                continuation.finish()
                return
            }
            begun.withLock { bytes in
                bytes.append(chunk)
                while let end = bytes.firstIndex(of: UInt8(ascii: "\n")) {
                    continuation.yield(String(decoding: bytes[..<end], as: UTF8.self))
                    bytes = Data(bytes[(end + 1)...])
                }
            }
        }
        return lines
    }
}
