// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A file of an import; it is read piece by piece, and can be read more than once.
struct ImportFile: Sendable {
    /// A file that can be read.
    struct Opened: Sendable {
        /// As it was given; `-` is standard input.
        let name: String
        let size: Int
        let path: String
        /// Standard input is kept in a file, because it can't be read twice; nil for a file that was named.
        private let kept: TemporaryFile?

        /// - Throws: ``CommandFailure`` when it can't be read.
        init(_ name: String) throws {
            self.name = name
            kept = name == "-" ? try TemporaryFile(FileHandle.standardInput) : nil
            path = kept?.path ?? name
            guard let handle = FileHandle(forReadingAtPath: path), (try? handle.read(upToCount: 1)) != nil,
                let size = try? handle.seekToEnd()
            else {
                throw CommandFailure("The file “\(name)” can't be read. Check its name and your right to read it.")
            }
            self.size = Int(size)
            try handle.close()
        }

        var pathExtension: String { URL(fileURLWithPath: name).pathExtension.lowercased() }

        /// The first bytes, which tell its titles.
        func start() throws -> [UInt8] {
            guard let handle = FileHandle(forReadingAtPath: path),
                let data = try handle.read(upToCount: ProfileRecognition.lookedAt)
            else { return [] }
            try handle.close()
            return [UInt8](data)
        }
    }

    let format: IntakeFile.Format
    /// How it is read if it is not in one of Daybook's own formats.
    let profile: IntakeProfile?
    private let file: Opened

    var name: String { file.name }
    var size: Int { file.size }

    /// As the history of files keeps it.
    var incoming: IncomingFile {
        IncomingFile(.new(.command), name: shownName, rowName: name, size: size, profile: profile?.name)
    }

    /// Without its folder.
    private var shownName: String { name == "-" ? "standard input" : URL(fileURLWithPath: name).lastPathComponent }

    /// - Throws: ``CommandFailure`` when its format is not known.
    init(_ file: Opened, format: IntakeFile.Format?, profile: IntakeProfile?) throws {
        self.file = file
        self.profile = profile
        self.format = try profile?.format ?? format ?? Self.format(of: file)
    }

    /// - Parameter progress: Is told how many bytes each piece has.
    func source(_ progress: ReadingProgress) -> IntakeStream {
        IntakeStream(named: name, format: format, profile: profile) {
            guard let handle = FileHandle(forReadingAtPath: file.path) else {
                throw CommandFailure("The file “\(name)” can't be read any more; nothing was taken.")
            }
            progress.restart(self)
            return {
                let piece = try handle.read(upToCount: IntakeStream.pieceSize).map([UInt8].init) ?? []
                guard !piece.isEmpty else {
                    try handle.close()
                    return nil
                }
                progress.read(piece.count, of: self)
                return piece
            }
        }
    }

    private static func format(of file: Opened) throws -> IntakeFile.Format {
        switch file.pathExtension {
        case "json": return .json
        case "ndjson", "jsonl": return .ndjson
        case "csv": return .csv
        case "iif":
            throw CommandFailure(
                """
                “\(file.name)” is a general ledger of QuickBooks Desktop (IIF), which does not say which system and store it is \
                of. Make a profile with `daybook profiles propose --keep`; then it is read by it.
                """)
        default:
            throw CommandFailure(
                """
                The name of “\(file.name)” says no format, and no kept profile knows its titles. Add --format json, \
                --format ndjson or --format csv, or make a profile with `daybook profiles propose --keep`.
                """)
        }
    }
}

/// What came through a pipe, in a file until the command ends.
final class TemporaryFile: Sendable {
    let path: String

    init(_ pipe: FileHandle) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("daybook-\(UUID().uuidString)").path
        guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: path)
        else {
            throw CommandFailure("No temporary file could be made at \(path) for standard input; check that folder.")
        }
        do {
            while let piece = try pipe.read(upToCount: IntakeStream.pieceSize), !piece.isEmpty {
                try file.write(contentsOf: piece)
            }
            try file.close()
        } catch {
            throw CommandFailure("Standard input could not be written to \(path): \(error.localizedDescription)")
        }
    }

    deinit {
        // If it can't be removed, the system does so: it is in the folder for temporary files.
        try? FileManager.default.removeItem(atPath: path)
    }
}
