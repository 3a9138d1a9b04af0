// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Decides which files of the inbox are complete; does no I/O and reads no clock.
///
/// A file is complete when nothing was written to it for some seconds: the program that writes it says nothing when it
/// has ended. Names that browsers and copying programs give to unfinished files are never complete.
struct InboxWatch {
    /// For how long nothing is written to a complete file.
    let quiet: Duration

    /// Endings of unfinished files.
    private static let unfinished = [".part", ".tmp", ".crdownload", ".filepart", "~"]

    /// Since when each file is as it is.
    private var since: [InboxFile: Date] = [:]

    init(quiet: Duration) { self.quiet = quiet }

    /// Looks at what is there now.
    ///
    /// - Returns: The complete files, in their order.
    mutating func complete(of files: [InboxFile], at now: Date) -> [InboxFile] {
        let before = since
        since = [:]
        for file in files where !Self.isUnfinished(file.name) {
            // A clock that was set back begins the wait again.
            since[file] = before[file].flatMap { $0 > now ? nil : $0 } ?? now
        }
        return files.filter { file in since[file].map { now.timeIntervalSince($0) >= quiet.seconds } ?? false }
    }

    private static func isUnfinished(_ name: String) -> Bool {
        unfinished.contains { name.lowercased().hasSuffix($0) }
    }
}
