// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What the core asks of a database to remove details that are no longer needed.
///
/// Its verb is like ``Storage``'s: atomic, durable when it returns, and without outside effect.
package protocol RetentionStorage: Sendable {
    /// Removes details from before a moment, in a step that keeps other writers waiting for milliseconds only.
    ///
    /// The body of an envelope goes when it is closed and none of its exports is in Exporting or Checking; its digest,
    /// request id and items stay. Of the history of an exported export the first and the last note stay. Each note is
    /// looked at once, when it is old enough: what was not settled by then keeps its whole history.
    ///
    /// - Parameter most: How many bodies are removed, and how many notes looked at.
    func removeDetails(before: Date, most: Int, at: Date) async throws -> RemovedDetails
}

/// What a step of retention removed.
package struct RemovedDetails: Sendable, Equatable {
    package let bodies: Int
    package let notes: Int
    /// Whether the step ended because it had reached `most`.
    package let isFull: Bool

    package init(bodies: Int, notes: Int, isFull: Bool) {
        self.bodies = bodies
        self.notes = notes
        self.isFull = isFull
    }
}
