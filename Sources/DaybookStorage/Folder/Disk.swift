// SPDX-License-Identifier: Apache-2.0

/// What the token journal asks of the disk.
///
/// It is a protocol so that a test can simulate a power cut between any two of these acts.
protocol Disk: Sendable {
    func open(_ path: String, _ access: OpenFile.Access) throws(FileTrouble) -> any DiskFile
    func removeIfThere(_ path: String) throws(FileTrouble)
    /// Replaces another file by this one, atomically.
    func rename(_ path: String, to newPath: String) throws(FileTrouble)
    /// Makes the names in a file's folder durable.
    func syncFolder(of path: String) throws(FileTrouble)
}

/// A file of a ``Disk``, open for reading and writing.
protocol DiskFile: Sendable {
    func size() throws(FileTrouble) -> Int
    func readAll() throws(FileTrouble) -> [UInt8]
    func write(_ bytes: [UInt8], at offset: Int) throws(FileTrouble)
    /// Returns once the bytes and the length are on the disk.
    func sync() throws(FileTrouble)
    func truncate(to size: Int) throws(FileTrouble)
}

/// The disk of this machine.
struct SystemDisk: Disk {
    func open(_ path: String, _ access: OpenFile.Access) throws(FileTrouble) -> any DiskFile {
        try OpenFile(path, access)
    }

    func removeIfThere(_ path: String) throws(FileTrouble) { try OpenFile.removeIfThere(path) }

    func rename(_ path: String, to newPath: String) throws(FileTrouble) { try OpenFile.rename(path, to: newPath) }

    func syncFolder(of path: String) throws(FileTrouble) { try OpenFile.syncFolder(of: path) }
}

extension OpenFile: DiskFile {}
