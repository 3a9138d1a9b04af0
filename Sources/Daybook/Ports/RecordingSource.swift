// SPDX-License-Identifier: Apache-2.0

/// Recordings that come batch by batch, because all of them may not fit in memory.
package protocol RecordingSource: Sendable {
    /// Begins with the first recording; called again whenever the storage tries its transaction again.
    func start() throws -> any RecordingBatches

    /// The files in which they come, for the history; empty for a call.
    var files: [IncomingFile] { get }
}

/// One pass through a source.
package protocol RecordingBatches: AnyObject {
    /// Nil when there are no more.
    func next() throws -> [Recording]?

    /// The same transaction with other export ids, because the ids it had give document numbers that are used already.
    func other(_ recording: Recording, attempt: Int) throws -> Recording

    /// Receives the outcomes of the batch that ``next()`` gave last.
    func took(_ outcomes: [RecordOutcome])

    /// Called after the last batch.
    ///
    /// - Returns: What became of each file, to be kept with what was recorded; nil when all of it is rolled back.
    func end() -> [FileOutcome]?
}
