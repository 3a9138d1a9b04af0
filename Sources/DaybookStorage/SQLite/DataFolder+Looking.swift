// SPDX-License-Identifier: Apache-2.0
import Foundation

extension DataFolder {
    /// Looks at the database, and once more if a server started meanwhile: what the server writes would look like
    /// damage.
    ///
    /// - Parameter body: Is told whether nobody else has the database open.
    /// - Throws: ``FolderRefused``, ``FileTrouble``, and what the body throws.
    func looking<Value>(_ body: (_ isAlone: Bool) throws -> Value) throws -> Value {
        let taken = try lockTaken()
        guard try holder() == nil else { return try body(false) }
        let value = Result { try body(true) }
        guard try holder() != nil || lockTaken() != taken else { return try value.get() }
        return try body(false)
    }

    /// When the folder's lock was taken last, in nanoseconds; nil if it never was.
    private func lockTaken() throws -> Int64? {
        guard try isReachable(for: .reading), FileManager.default.fileExists(atPath: lockPath) else { return nil }
        return try OpenFile(lockPath, .read).changed()
    }
}
