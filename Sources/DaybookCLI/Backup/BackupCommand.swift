// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import DaybookStorage
import Foundation

/// `daybook backup`: a copy of the database, made beside a running server or without one, or by one at another place.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy the database into a folder, also while `daybook serve` works; the copy is checked.",
        discussion: """
            The backup is one file, daybook-….db. Secrets stay sealed in it, and daybook.key is not in it: keep a copy of \
            the key in another place than the backups. `daybook serve` makes backups by itself with --backup-dir.
            With --server the Daybook there makes one, which is downloaded into the folder; its API key needs the scope \
            backups. Examples:
              daybook backup /var/backups/daybook --keep 14
              daybook backup /srv/copies --server https://books.example.com --api-key-file backup.key
            """)

    @Argument(help: "The folder for the backup; made if need be. Best on another disk.")
    var folder: String

    @Option(help: "Afterwards remove the oldest backups in the folder, until this many are left.")
    var keep: Int?

    @OptionGroup var form: AnswerForm

    @OptionGroup var place: PlaceOptions

    func validate() throws {
        if let keep, keep < 1 { throw ValidationError("--keep takes 1 or more, for example 14.") }
    }

    func run() async throws {
        let backup = place.server == nil ? try await copied() : try await downloaded()
        let removed = try await plainly { try keep.map(BackupShelf(path: folder).keep) ?? 0 }
        let older = removed > 0 ? ["Removed \(removed) older \(removed == 1 ? "backup" : "backups")."] : []
        try form.say(
            Answer(file: backup.path, bytes: backup.bytes, removed: removed),
            ["Backed up into \(backup.path) (\(backup.bytes) bytes, checked)."] + older)
    }

    private func copied() async throws -> DatabaseBackup {
        let settings = try await plainly { try place.read() }
        let line = ProgressLine("Copying")
        defer { line.end() }
        return try await plainly {
            try DatabaseBackup.make(of: DataFolder(path: settings.dataFolder), into: folder, at: Date()) {
                line.show(Int($0 * 100), of: 100, "%")
            }
        }
    }

    private func downloaded() async throws -> DatabaseBackup {
        try await place.withServer { server in
            let name = try await ServerBackup(server).made()
            let line = ProgressLine("Downloading")
            defer { line.end() }
            return try await DatabaseBackup.receive(name, into: folder) { path in
                let file = try FileHandle(forWritingTo: URL(filePath: path))
                var bytes = 0
                try await server.download("/api/v1/backups/\(name)") { piece, whole in
                    try file.write(contentsOf: piece)
                    bytes += piece.count
                    line.show(bytes >> 20, of: Int(whole ?? 0) >> 20, "MiB")
                }
                try file.close()
            }
        }
    }

    private struct Answer: Encodable {
        let file: String
        let bytes: Int
        let removed: Int
    }
}
