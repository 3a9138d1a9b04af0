// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What this process holds in memory, since it was first asked. Linux only: elsewhere it does not grow.
struct Memory {
    private let start = Memory.resident

    /// Bytes.
    var growth: Int { max(0, Self.resident - start) }

    private static var resident: Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * 4_096
    }
}
