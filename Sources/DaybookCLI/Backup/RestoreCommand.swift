// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import DaybookStorage
import Foundation

/// `daybook restore`: a backup in the place of a data folder's database.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put a backup into the data folder, whose `daybook serve` is stopped.",
        discussion: """
            The backup is checked first. A database that is there is kept beside it under another name. At its next start \
            Daybook notices that the database is older than what was sent, and compares it with QuickBooks before it sends \
            anything. Everybody has to sign in again.
            Example: daybook restore /var/backups/daybook/daybook-20261129T020000Z.db --yes
            """)

    @Argument(help: "The backup: a file that `daybook backup` has made.")
    var backup: String

    @Option(
        help: """
            The daybook.key that belongs to the backup, if the data folder has none or another one. If it has another \
            one, the backup's secrets are then sealed under that one.
            """)
    var key: String?

    @Flag(help: "Replace a database that is there.")
    var yes = false

    @OptionGroup var form: AnswerForm

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let settings = try await plainly { try options.read() }
        let line = ProgressLine("Restoring")
        let restored = try await plainly {
            try DataFolder(path: settings.dataFolder).restore(
                backup, key: key, from: try await settings.key.source(), replaces: yes, at: Date()
            ) { line.show(Int($0 * 100), of: 100, "%") }
        }
        line.end()
        let former = restored.formerDatabase.map { ["The database that was there is now \($0)."] } ?? []
        try form.say(
            Answer(folder: settings.dataFolder, formerDatabase: restored.formerDatabase),
            ["Restored \(backup) into \(settings.dataFolder)."] + former + [
                "Start Daybook: it compares the database with QuickBooks before it sends anything."
            ])
    }

    private struct Answer: Encodable {
        let folder: String
        let formerDatabase: String?
    }
}
