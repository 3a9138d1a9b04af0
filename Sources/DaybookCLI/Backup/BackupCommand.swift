// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import DaybookStorage
import Foundation

/// `daybook backup`: a copy of the database, made beside a running server or without one.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the database into a folder, also while `daybook serve` works; the copy is checked.",
        discussion: """
            The backup is one file, daybook-….db. Secrets stay sealed in it, and daybook.key is not in it: keep a copy of \
            the key in another place than the backups. `daybook serve` makes backups by itself with --backup-dir.
            Example: daybook backup /var/backups/daybook --keep 14
            """)

    @Argument(help: "The folder for the backup; made if need be. Best on another disk.")
    var folder: String

    @Option(help: "Then remove the oldest backups of the folder, so that so many are left.")
    var keep: Int?

    @OptionGroup var form: AnswerForm

    @OptionGroup var options: ConfigurationOptions

    func validate() throws {
        if let keep, keep < 1 { throw ValidationError("--keep takes 1 or more, for example 14.") }
    }

    func run() async throws {
        let settings = try await plainly { try options.read() }
        let line = ProgressLine("Copying")
        let (backup, removed) = try await plainly {
            let backup = try DatabaseBackup.make(
                of: DataFolder(path: settings.dataFolder), into: folder, at: Date()
            ) { line.show(Int($0 * 100), of: 100, "%") }
            return (backup, try keep.map(BackupShelf(path: folder).keep) ?? 0)
        }
        line.end()
        let older = removed > 0 ? ["Removed \(removed) older \(removed == 1 ? "backup" : "backups")."] : []
        try form.say(
            Answer(file: backup.path, bytes: backup.bytes, removed: removed),
            ["Backed up into \(backup.path) (\(backup.bytes) bytes, checked)."] + older)
    }

    private struct Answer: Encodable {
        let file: String
        let bytes: Int
        let removed: Int
    }
}
