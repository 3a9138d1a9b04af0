// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// One line on standard error that is written over again and again: a bar, a count and a note.
///
/// Silent when standard error is no terminal.
struct ProgressLine {
    let label: String
    let isShown: Bool

    init(_ label: String, isShown: Bool = isatty(2) == 1) {
        self.label = label
        self.isShown = isShown
    }

    func show(_ done: Int, of total: Int, _ note: String = "") {
        guard isShown else { return }
        let share = total == 0 ? 1 : min(1, Double(done) / Double(total))
        let filled = Int(share * 30)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        write("\r\u{1B}[2K\(label) \(bar) \(done)/\(total) \(note)")
    }

    func end() {
        guard isShown else { return }
        write("\r\u{1B}[2K")
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
