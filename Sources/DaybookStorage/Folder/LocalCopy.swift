// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A copy of a file, on this machine, gone with this object.
final class LocalCopy: InboxContent {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("daybook-inbox-\(UUID().uuidString)").path

    deinit {
        // One that can't be removed is in the folder for temporary files, which the system empties.
        try? FileManager.default.removeItem(atPath: path)
    }

    func start(limit: Int) throws -> [UInt8] {
        let handle = try open()
        defer { try? handle.close() }
        return [UInt8](try handle.read(upToCount: limit) ?? Data())
    }

    func pieces() throws -> () throws -> [UInt8]? {
        let handle = try open()
        return {
            let piece = try handle.read(upToCount: IntakeStream.pieceSize) ?? Data()
            guard piece.isEmpty else { return [UInt8](piece) }
            try handle.close()
            return nil
        }
    }

    private func open() throws -> FileHandle {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw InboxTrouble("The copy \(path) of a file of the inbox is gone; nothing of it was taken.")
        }
        return handle
    }
}
