// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Files that people dropped on the page.
///
/// Its verbs are like ``Storage``'s: each is atomic, durable when it returns, and has no outside effect.
package protocol FileStorage: Sendable {
    /// Keeps a file until somebody decides about it.
    func receive(_ content: [UInt8], named name: String, by actor: Actor, at: Date) async throws -> ReceivedFile

    /// The latest files and those that wait, the newest first.
    func receivedFiles(limit: Int) async throws -> [ReceivedFile]

    /// A file with its content, which is nil once somebody has decided.
    func receivedFile(_ id: ReceivedFile.ID) async throws -> (file: ReceivedFile, content: [UInt8]?)?

    /// Keeps what was decided about a file that waits, and erases its content.
    ///
    /// One that was discarded while it was being taken is taken.
    ///
    /// - Returns: False when it waits no longer.
    func decide(_ decision: FileDecision, about id: ReceivedFile.ID, by actor: Actor, at: Date) async throws -> Bool
}
