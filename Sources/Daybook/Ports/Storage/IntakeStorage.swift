// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What the intake asks of a database.
///
/// Its verbs are like ``Storage``'s: each is atomic, durable when it returns, and has no outside effect.
package protocol IntakeStorage: Sendable {
    /// Records transactions with their entries and exports.
    ///
    /// A key that is there with the same content is a repeat; with other content, a conflict. Under
    /// `.allOrNothing` nothing is recorded if there is one conflict, also one inside the batch. So it is with a day of
    /// which something else tells already.
    /// - Throws: ``DocumentNumbersTaken``.
    func record(_ batch: [Recording], policy: RecordPolicy, at: Date) async throws -> [RecordOutcome]

    /// Records batch after batch in one database transaction, and keeps them only if the source says so at its end: a
    /// dry run and a file with a mistake are rolled back.
    ///
    /// A key that is there with other content is a conflict; the rest of its batch is recorded all the same. What became
    /// of the source's files is kept with it.
    func record(from source: any RecordingSource, by actor: Actor, at: Date) async throws

    /// The kept profiles, by name.
    func profiles() async throws -> [IntakeProfile]

    /// Keeps a profile under its name, in the place of one that has it.
    func keep(_ profile: IntakeProfile, by actor: Actor, at: Date) async throws

    /// - Returns: False when there is none of that name.
    func removeProfile(named name: String, by actor: Actor, at: Date) async throws -> Bool

    func transaction(key: Transaction.Key) async throws -> RecordedTransaction?
}
