// SPDX-License-Identifier: Apache-2.0

/// Recordings that come batch by batch: more than fits in memory.
package protocol RecordingSource: Sendable {
    /// Begins at the beginning; called again whenever the storage tries its transaction again.
    func start() throws -> any RecordingBatches
}

/// One way through a source.
package protocol RecordingBatches: AnyObject {
    /// Nil when there are no more.
    func next() throws -> [Recording]?

    /// The same transaction with other export ids: those it had give document numbers that are taken.
    func other(_ recording: Recording, attempt: Int) throws -> Recording

    /// What became of the batch that ``next()`` gave last.
    func took(_ outcomes: [RecordOutcome])

    /// There are no more.
    ///
    /// - Returns: Whether what was taken is kept.
    func end() -> Bool
}
