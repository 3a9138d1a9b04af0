// SPDX-License-Identifier: Apache-2.0

/// A file that is being taken, as the history of files keeps it.
package struct IncomingFile: Sendable, Equatable {
    package enum Origin: Sendable, Equatable {
        /// It waits on the page.
        case waiting(ReceivedFile.ID)
        /// It comes just now.
        ///
        /// - Parameter identity: What is the same when it comes again after a crash; nil where nobody asks for that.
        case new(ReceivedFile.Way, identity: String? = nil)
    }

    package let origin: Origin
    package let name: String
    /// The name that its rows have, by which they are told from the rows of other files.
    package let rowName: String
    /// In bytes.
    package let size: Int
    /// The profile by which it is read; nil for one in a format of Daybook's own.
    package let profile: String?

    /// - Parameter rowName: The name that its rows have, where it is another one.
    package init(_ origin: Origin, name: String, rowName: String? = nil, size: Int, profile: String?) {
        self.origin = origin
        self.rowName = rowName ?? name
        self.name = String(ControlCharacters.marked(name).prefix(200))
        self.size = size
        self.profile = profile
    }
}

/// Somebody has decided about a file that was to be taken; nothing was recorded.
package struct FileDecided: Error, Equatable, Sendable {
    package let id: ReceivedFile.ID

    package init(id: ReceivedFile.ID) { self.id = id }
}

/// What became of a file that was taken or refused.
package struct FileOutcome: Sendable, Equatable {
    package let file: IncomingFile
    package let counts: ReceivedFile.Counts
    /// The first mistake, in a sentence; nil where there is none.
    package let reason: String?

    package init(file: IncomingFile, counts: ReceivedFile.Counts, reason: String? = nil) {
        self.file = file
        self.counts = counts
        self.reason = reason
    }
}
