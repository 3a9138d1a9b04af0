// SPDX-License-Identifier: Apache-2.0

/// Makes backups of the database into a folder of their own, and puts one in the database's place.
package protocol Backups: Sendable {
    /// Why the last backup that was tried could not be made; nil when it was.
    var failure: BackupOverview.Failure? { get }

    /// What is kept, what is under way, and what came of the last restore; it changes nothing.
    func overview() async throws -> BackupOverview

    /// Lets a backup be made soon, after one that is under way; the act's line in the audit trail is written when the
    /// backup is made.
    ///
    /// - Throws: ``BackupsRefused`` where no folder for backups is named.
    func ask() async throws

    /// The file of a backup that somebody takes away; the audit trail says so.
    ///
    /// - Throws: ``BackupsRefused`` when there is no such backup.
    func handOut(_ name: String) async throws -> BackupFile

    /// Checks a backup, writes down that it is to be restored, and lets Daybook start again: the start restores it.
    ///
    /// - Parameter who: Who asked for it, as the page says afterwards.
    /// - Throws: ``BackupsRefused`` when it can't be restored; nothing was changed.
    func restore(_ name: String, for who: String) async throws
}

/// The file of a backup.
package struct BackupFile: Equatable, Sendable {
    package let name: String
    package let path: String
    package let bytes: Int

    package init(name: String, path: String, bytes: Int) {
        self.name = name
        self.path = path
        self.bytes = bytes
    }
}

/// Why something can't be done with backups, in words for the person who asked for it.
package struct BackupsRefused: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String
    /// Whether there is no backup of the name that was given.
    package let isUnknown: Bool

    package init(_ description: String, isUnknown: Bool = false) {
        self.description = description
        self.isUnknown = isUnknown
    }
}
