// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Where the server of a data folder listens, and the secret by which it proves that it serves the folder.
package struct ServerAddress: Equatable, Sendable {
    static let heading = "Daybook address 1"

    /// Such as `http://127.0.0.1:8710`.
    package let url: String
    /// Random, another at every start of a server.
    package let identity: [UInt8]

    package init(url: String, identity: [UInt8]) {
        self.url = url
        self.identity = identity
    }

    /// Nil for anything but what ``text`` writes.
    init?(text: String) {
        let lines = text.split(separator: "\n")
        guard lines.count == 3, lines[0] == Self.heading, lines[2].utf8.count == 64 else { return nil }
        let digits = lines[2].compactMap(\.hexDigitValue)
        guard digits.count == 64 else { return nil }
        self.init(
            url: String(lines[1]),
            identity: stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
    }

    var text: String { "\(Self.heading)\n\(url)\n\(identity.hex)\n" }
}

/// The address is in a file beside the lock. It counts only while a process holds the lock and proves the identity.
extension DataFolder {
    package var addressPath: String { path + "/daybook.address" }

    /// Writes the address to a file that only its owner can read, atomically.
    ///
    /// To be called while this process holds the lock. It is not synced: after a power cut no server serves the folder.
    ///
    /// - Throws: ``FileTrouble``
    package func announce(_ address: ServerAddress) throws {
        let draft = addressPath + ".new"
        try OpenFile.removeIfThere(draft)
        try OpenFile(draft, .create(mode: 0o600)).write(Array(address.text.utf8), at: 0)
        try OpenFile.rename(draft, to: addressPath)
    }

    /// - Throws: ``FileTrouble``
    package func withdrawAddress() throws { try OpenFile.removeIfThere(addressPath) }

    /// Nil when there is no address, or none that can be read.
    ///
    /// - Throws: ``FolderRefused`` or ``FileTrouble`` when this process may not read it.
    package func announcedAddress() throws -> ServerAddress? {
        guard try isReachable(for: .reading) else { return nil }
        do {
            let file = try OpenFile(addressPath, .read)
            return ServerAddress(text: String(decoding: try file.readAll(), as: UTF8.self))
        } catch let trouble where trouble.errorNumber == ENOENT {
            return nil
        }
    }

    /// Who holds the folder's lock; nil when nobody does.
    ///
    /// - Throws: ``FolderRefused`` or ``FileTrouble`` when this process may not see it.
    package func holder() throws -> FolderInUse? {
        guard try isReachable(for: .reading) else { return nil }
        return try FolderLock.holder(of: lockPath)
    }
}
