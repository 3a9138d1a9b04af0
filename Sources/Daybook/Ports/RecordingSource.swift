// SPDX-License-Identifier: Apache-2.0

/// Recordings that come batch by batch, because all of them may not fit in memory.
package protocol RecordingSource: Sendable {
    /// Begins with the first recording; called again whenever the storage tries its transaction again.
    func start() throws -> any RecordingBatches
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
    /// - Returns: Whether what was recorded is kept; false when it is rolled back.
    func end() -> Bool
}
