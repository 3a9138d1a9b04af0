// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// What a program says on its standard output, line by line and as a whole.
///
/// Goes on reading, so that the pipe never fills up.
final class ProcessOutput: Sendable {
    private struct State {
        var all = Data()
        /// Where the line begins that nobody was given yet.
        var next = 0
        var hasEnded = false
        var waiting: CheckedContinuation<String?, Never>?
    }

    private let state = Mutex(State())

    init(_ pipe: Pipe) {
        // This reads on a thread of its own: a readability handler that is removed at the end can crash libdispatch.
        Thread.detachNewThread {
            while case let chunk = pipe.fileHandleForReading.availableData, !chunk.isEmpty { self.take(chunk) }
            self.take(Data())
            // Foundation would keep it open for good. Closing what was only read can't lose anything.
            try? pipe.fileHandleForReading.close()
        }
    }

    var all: String { state.withLock { String(decoding: $0.all, as: UTF8.self) } }

    /// Nil if the writer ended before it finished another line.
    func nextLine() async -> String? {
        await withCheckedContinuation { continuation in
            let line: String?? = state.withLock { state in
                if let line = Self.line(&state) { return .some(line) }
                if state.hasEnded { return .some(nil) }
                state.waiting = continuation
                return nil
            }
            if let line { continuation.resume(returning: line) }
        }
    }

    private func take(_ chunk: Data) {
        let (waiter, line): (CheckedContinuation<String?, Never>?, String?) = state.withLock { state in
            state.all.append(chunk)
            state.hasEnded = state.hasEnded || chunk.isEmpty
            guard let waiter = state.waiting else { return (nil, nil) }
            let line = Self.line(&state)
            guard line != nil || state.hasEnded else { return (nil, nil) }
            state.waiting = nil
            return (waiter, line)
        }
        waiter?.resume(returning: line)
    }

    private static func line(_ state: inout State) -> String? {
        guard let end = state.all[state.next...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { state.next = end + 1 }
        return String(decoding: state.all[state.next..<end], as: UTF8.self)
    }
}
