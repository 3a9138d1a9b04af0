// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A system call that changes what a file of the data folder holds, or makes it durable.
struct DurableCall: Hashable, CustomStringConvertible {
    /// All calls by which files and names are changed or synced.
    static let names = [
        "write", "writev", "pwrite64", "pwritev", "pwritev2", "fdatasync", "fsync", "sync_file_range", "ftruncate",
        "truncate", "fallocate", "rename", "renameat", "renameat2", "link", "linkat", "unlink", "unlinkat", "mkdir",
        "mkdirat", "openat",
    ]

    let name: String
    /// The file, without its folder.
    let file: String

    static let journalWrite = DurableCall(name: "pwrite64", file: "tokens.journal")
    static let journalSync = DurableCall(name: "fdatasync", file: "tokens.journal")
    static let databaseWrite = DurableCall(name: "pwrite64", file: "daybook.db-wal")
    static let databaseSync = DurableCall(name: "fdatasync", file: "daybook.db-wal")

    var description: String { "\(name)(\(file))" }
}

/// A line of strace's that says something of a call or a stop.
enum TraceLine {
    /// A call that has returned, unless `isUnderWay`: then another thread's line came between.
    case call(DurableCall, thread: String, isUnderWay: Bool)
    /// The call that was under way has returned.
    case returned(thread: String)
    case stopped(thread: String)
    case attached

    init?(_ line: String) {
        if line.contains("strace: Process "), line.contains(" attached") {
            self = .attached
            return
        }
        guard
            let match = line.wholeMatch(
                of: /(?:\[pid +(\d+)\] )?(\w+\(.*|<\.\.\. \w+ resumed>.*|--- stopped by SIGSTOP ---)/)
        else {
            return nil
        }
        let thread = match.1.map(String.init) ?? ""
        let rest = match.2
        if rest.hasPrefix("---") {
            self = .stopped(thread: thread)
            return
        }
        if rest.hasPrefix("<...") {
            self = .returned(thread: thread)
            return
        }
        guard let call = rest.firstMatch(of: /^(\w+)\([^<]*<([^>]*)>/) else { return nil }
        self = .call(
            DurableCall(name: String(call.1), file: String(call.2.split(separator: "/").last ?? "")), thread: thread,
            isUnderWay: rest.hasSuffix("<unfinished ...>"))
    }
}
