// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The exclusive right to a data folder, for as long as this object (or the process) lives.
///
/// The kernel releases it however the process ends.
package final class FolderLock: Sendable {
    private static let mostAttempts = 10

    private let file: OpenFile

    /// - Throws: ``FolderInUse`` when another process has it.
    package init(path: String) throws {
        file = try OpenFile(path, .update)
        var attempts = 0
        while true {
            if try Self.take(file, LOCK_EX) { break }
            let holder = Self.writtenHolder(try file.readAll())
            // Two kinds of holder have the lock only for a moment and don't write their id: a command that looks who
            // holds it, and a child that this process is starting, which has copies of its open files.
            guard holder.map(Self.isAnother) != true, attempts < Self.mostAttempts else {
                throw FolderInUse(holder: holder)
            }
            attempts += 1
            usleep(20_000)
        }
        // The id is for the message to others; the lock itself is the kernel's.
        try file.truncate(to: 0)
        try file.write(Array("\(getpid())\n".utf8), at: 0)
    }

    /// Who holds the lock, without taking it from anybody.
    static func holder(of path: String) throws -> FolderInUse? {
        let file: OpenFile
        do {
            file = try OpenFile(path, .read)
        } catch let trouble where trouble.errorNumber == ENOENT {
            return nil
        }
        // Released when the file is closed, at the end of this function.
        if try take(file, LOCK_SH) { return nil }
        return FolderInUse(holder: writtenHolder(try file.readAll()))
    }

    /// - Returns: False when another process has it.
    private static func take(_ file: OpenFile, _ kind: Int32) throws(FileTrouble) -> Bool {
        if flock(file.descriptor, kind | LOCK_NB) == 0 { return true }
        guard errno == EWOULDBLOCK else { throw FileTrouble("lock", file.path) }
        return false
    }

    private static func writtenHolder(_ bytes: [UInt8]) -> Int? {
        Int(String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// Whether it is another process than this one, and is running.
    private static func isAnother(_ process: Int) -> Bool {
        process != Int(getpid()) && (kill(pid_t(process), 0) == 0 || errno == EPERM)
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
