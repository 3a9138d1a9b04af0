// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The exclusive right to a data folder, for as long as this object (or the process) lives.
///
/// The kernel gives it back whatever way the process ends.
package final class FolderLock: Sendable {
    private let file: OpenFile

    /// - Throws: ``FolderInUse`` when another process has it.
    package init(path: String) throws {
        file = try OpenFile(path, .update)
        guard flock(file.descriptor, LOCK_EX | LOCK_NB) == 0 else {
            guard errno == EWOULDBLOCK else { throw FileTrouble("lock", path) }
            let text = String(decoding: try file.readAll(), as: UTF8.self)
            throw FolderInUse(holder: Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
        }
        // For whoever is refused; the lock itself is the kernel's.
        try file.truncate(to: 0)
        try file.write(Array("\(getpid())\n".utf8), at: 0)
    }
}

/// Another Daybook works in this data folder.
package struct FolderInUse: Error, Equatable, Sendable, CustomStringConvertible {
    /// The other's process id, when it could be read.
    package let holder: Int?

    package init(holder: Int?) { self.holder = holder }

    package var description: String {
        let who = holder.map { "process \($0)" } ?? "another process"
        return """
            This data folder is in use by another Daybook (\(who)). Use that one, or stop it first; two at once \
            could post twice. To run a second Daybook, give it its own folder with DAYBOOK_DATA_DIR.
            """
    }
}
