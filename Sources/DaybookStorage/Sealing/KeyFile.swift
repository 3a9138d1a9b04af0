// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Foundation

/// The key that seals secrets, in a file of its own: made once with mode 0400, never overwritten.
package struct KeyFile: Sendable {
    static let heading = "Daybook key 1"

    package let path: String

    package init(path: String) { self.path = path }

    package var isThere: Bool { FileManager.default.fileExists(atPath: path) }

    /// - Throws: ``KeyRefused`` when the file is missing, is no key, or can be read by other users.
    package func read() throws -> Sealer {
        guard isThere else { throw KeyRefused(.missing) }
        // A first start that was cut off may have left the key's other name.
        try OpenFile.removeIfThere(path + ".new")
        let file: OpenFile
        do {
            file = try OpenFile(path, .read)
        } catch {
            throw KeyRefused(.unreadable)
        }
        guard try file.mode() & 0o077 == 0 else { throw KeyRefused(.openToOthers) }
        guard let text = String(validating: try file.readAll(), as: UTF8.self), let key = Self.key(in: text) else {
            throw KeyRefused(.unreadable)
        }
        return Sealer(key: key)
    }

    /// Writes a new key.
    ///
    /// The file appears under its name complete and synced, or not at all.
    ///
    /// - Throws: ``FileTrouble``, also when there is a key already.
    package func make(_ randomness: any Randomness) throws -> Sealer {
        let key = randomness.bytes(32)
        let draft = path + ".new"
        try OpenFile.removeIfThere(draft)
        let file = try OpenFile(draft, .create(mode: 0o400))
        try file.write(Array("\(Self.heading)\n\(key.hex)\n".utf8), at: 0)
        try file.sync()
        try OpenFile.link(draft, as: path)
        try OpenFile.removeIfThere(draft)
        try OpenFile.syncFolder(of: path)
        return Sealer(key: key)
    }

    private static func key(in text: String) -> [UInt8]? {
        let lines = text.split(separator: "\n")
        guard lines.count == 2, lines[0] == heading, lines[1].utf8.count == 64 else { return nil }
        let digits = lines[1].compactMap(\.hexDigitValue)
        guard digits.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
