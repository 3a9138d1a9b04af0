// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Shows how much of all files was read.
final class ReadingProgress: Sendable {
    private let line = ProgressLine("Reading")
    private let total: Int
    private let read = Mutex<[String: Int]>([:])

    init(_ total: Int) { self.total = total }

    func restart(_ file: ImportFile) { read.withLock { $0[file.name] = 0 } }

    func read(_ bytes: Int, of file: ImportFile) {
        let sum = read.withLock { read in
            read[file.name, default: 0] += bytes
            return read.values.reduce(0, +)
        }
        line.show(sum >> 20, of: total >> 20, "MiB")
    }

    func end() { line.end() }
}
