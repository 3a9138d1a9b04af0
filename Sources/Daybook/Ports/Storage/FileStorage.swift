// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// The history of files, and those that wait on the page.
///
/// Its verbs are like ``Storage``'s: each is atomic, durable when it returns, and has no outside effect.
package protocol FileStorage: Sendable {
    /// Keeps a file until somebody decides about it.
    func receive(_ content: [UInt8], named name: String, by actor: Actor, at: Date) async throws -> ReceivedFile

    /// The latest files and those that wait, the newest first.
    func receivedFiles(limit: Int) async throws -> [ReceivedFile]

    /// A file with its content, which is nil once somebody has decided.
    func receivedFile(_ id: ReceivedFile.ID) async throws -> (file: ReceivedFile, content: [UInt8]?)?

    /// Discards a file that waits, and erases its content.
    ///
    /// - Returns: False when it waits no longer.
    func discard(_ id: ReceivedFile.ID, by actor: Actor, at: Date) async throws -> Bool

    /// Keeps in the history that files were refused: all of them, or none.
    func refuse(_ files: [FileOutcome], by actor: Actor, at: Date) async throws

    /// The files that were taken or refused and whose identity is not forgotten yet, by identity.
    func filesUnderWay() async throws -> [String: ReceivedFile]

    /// Forgets a file's identity: what comes with it from now on is another file.
    func forget(identity: String) async throws

    /// The transactions that a file brought, in the order in which they were recorded.
    ///
    /// - Parameter after: The last one before them; 0 for the first ones.
    func transactions(ofFile id: ReceivedFile.ID, after: Int64, limit: Int) async throws -> [FileTransaction]

    /// What a file's transactions come to.
    func totals(ofFile id: ReceivedFile.ID, now: Date) async throws -> FileTotals

    /// Takes back all that a file brought, if none of it was sent: its exports are withdrawn, and its keys accept other
    /// content.
    func takeBack(_ id: ReceivedFile.ID, by actor: Actor, at: Date) async throws -> TakeBackOutcome
}
