// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An open file by its descriptor, with exact modes, positioned writes, and a sync that reports failure.
final class OpenFile: Sendable {
    enum Access {
        case read
        /// Makes the file with this mode; an error if there is one.
        case create(mode: mode_t)
        /// Reads and writes; a missing file is made with mode 0600.
        case update
    }

    let path: String
    let descriptor: Int32

    init(_ path: String, _ access: Access) throws(FileTrouble) {
        self.path = path
        switch access {
        case .read: descriptor = open(path, O_RDONLY | O_CLOEXEC)
        case .create(let mode): descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        case .update: descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        }
        guard descriptor >= 0 else { throw FileTrouble("open", path) }
    }

    // Everything that matters was synced before, so a failing close can be ignored.
    deinit { _ = close(descriptor) }

    func mode() throws(FileTrouble) -> mode_t { try status().st_mode & 0o7777 }

    /// The numbers of the file and of the device that holds it.
    func identity() throws(FileTrouble) -> (device: UInt64, inode: UInt64) {
        let status = try status()
        return (UInt64(truncatingIfNeeded: status.st_dev), UInt64(truncatingIfNeeded: status.st_ino))
    }

    /// The generation of the file's inode, which changes when the inode's number is used again.
    ///
    /// Nil if the file system does not tell it.
    func generation() -> UInt64? {
        #if canImport(Glibc)
            // FS_IOC_GETVERSION of linux/fs.h, which Swift does not import. Kernels write 32 or 64 bits.
            var generation: UInt64 = 0
            let result = withUnsafeMutablePointer(to: &generation) { ioctl(descriptor, 0x8008_7601, $0) }
            return result == 0 ? generation : nil
        #else
            return nil
        #endif
    }

    /// When its content was changed last, in nanoseconds since 1970.
    func changed() throws(FileTrouble) -> Int64 {
        let time = try status().st_mtim
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    func size() throws(FileTrouble) -> Int { Int(try status().st_size) }

    func write(_ bytes: [UInt8], at offset: Int) throws(FileTrouble) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                pwrite(
                    descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written,
                    off_t(offset + written))
            }
            if count < 0 && errno == EINTR { continue }
            // Nothing was written without an error: only a full disk is known to do that.
            guard count != 0 else { throw FileTrouble("write to", path, errorNumber: ENOSPC) }
            guard count > 0 else { throw FileTrouble("write to", path) }
            written += count
        }
    }

    func readAll() throws(FileTrouble) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: try size())
        var filled = 0
        while filled < bytes.count {
            let room = bytes.count - filled
            let count = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress?.advanced(by: filled), room, off_t(filled))
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw FileTrouble("read", path) }
            if count == 0 { break }
            filled += count
        }
        return Array(bytes.prefix(filled))
    }

    /// Returns once the bytes and the length are on the disk.
    func sync() throws(FileTrouble) {
        #if canImport(Darwin)
            let result = fcntl(descriptor, F_FULLFSYNC)
        #else
            let result = fdatasync(descriptor)
        #endif
        guard result == 0 else { throw FileTrouble("write through to the disk", path) }
    }

    func truncate(to size: Int) throws(FileTrouble) {
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw FileTrouble("shorten", path) }
    }

    private func status() throws(FileTrouble) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileTrouble("examine", path) }
        return status
    }
}

extension OpenFile {
    static func removeIfThere(_ path: String) throws(FileTrouble) {
        guard unlink(path) == 0 || errno == ENOENT else { throw FileTrouble("remove", path) }
    }

    /// Makes a folder for its owner alone; one that another process has just made will do.
    static func makeFolder(_ path: String) throws(FileTrouble) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileTrouble("make the folder", path) }
    }

    /// Gives the file a second name; an error when there is a file of that name.
    static func link(_ path: String, as newPath: String) throws(FileTrouble) {
        guard linkat(AT_FDCWD, path, AT_FDCWD, newPath, 0) == 0 else { throw FileTrouble("make", newPath) }
    }

    /// Replaces another file by this one, atomically.
    static func rename(_ path: String, to newPath: String) throws(FileTrouble) {
        guard renameat(AT_FDCWD, path, AT_FDCWD, newPath) == 0 else { throw FileTrouble("replace", newPath) }
    }

    /// Makes the names in a file's folder durable.
    static func syncFolder(of path: String) throws(FileTrouble) {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileTrouble("open", folder) }
        defer { _ = close(descriptor) }
        guard fsync(descriptor) == 0 else { throw FileTrouble("write through to the disk", folder) }
    }
}
