// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Pipe {
    /// What is written into it, line by line, until the writer ends.
    ///
    /// Goes on reading when nobody listens any more, so that the pipe never fills up. It reads on a thread of its own:
    /// a readability handler that is removed at the end can crash libdispatch.
    func lines() -> AsyncStream<String> {
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        Thread.detachNewThread {
            var begun = Data()
            while case let chunk = self.fileHandleForReading.availableData, !chunk.isEmpty {
                begun.append(chunk)
                while let end = begun.firstIndex(of: UInt8(ascii: "\n")) {
                    continuation.yield(String(decoding: begun[..<end], as: UTF8.self))
                    begun = Data(begun[(end + 1)...])
                }
            }
            continuation.finish()
            // Foundation would keep it open for good. Closing what was only read can't lose anything.
            try? self.fileHandleForReading.close()
        }
        return lines
    }
}
