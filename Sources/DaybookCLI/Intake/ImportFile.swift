// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A file of an import; it is read piece by piece, and can be read more than once.
struct ImportFile: Sendable {
    /// As it was given; `-` is standard input.
    let name: String
    let format: IntakeFile.Format
    /// How it is read if it is a table that is not Daybook's own CSV.
    let profile: IntakeProfile?
    let size: Int
    private let path: String
    /// Standard input is kept in a file, because it can't be read twice; nil for a file that was named.
    private let kept: TemporaryFile?

    /// - Throws: ``CommandFailure`` when it can't be read, or its format is not known.
    init(_ name: String, format: IntakeFile.Format?, profile: IntakeProfile? = nil) throws {
        self.name = name
        self.profile = profile
        self.format = try format ?? Self.format(of: name)
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

    /// - Parameter progress: Is told how many bytes each piece has.
    func source(_ progress: ReadingProgress) -> IntakeStream {
        IntakeStream(named: name, format: format, profile: profile) {
            guard let handle = FileHandle(forReadingAtPath: path) else {
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

    private static func format(of file: String) throws -> IntakeFile.Format {
        switch URL(fileURLWithPath: file).pathExtension.lowercased() {
        case "json": return .json
        case "ndjson", "jsonl": return .ndjson
        case "csv": return .csv
        default:
            throw CommandFailure(
                "The name of “\(file)” says no format: add --format json, --format ndjson or --format csv.")
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
