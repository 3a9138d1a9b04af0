// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(Glibc)
    import Glibc
#endif

/// A real file system of a few megabytes in a folder.
struct SmallDisk {
    let path: String

    /// Whether this process may mount one; the tests that need it are skipped where it may not.
    static let isAllowed: Bool = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "daybook-disk-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        guard let disk = try? mounted(at: folder) else { return false }
        return (try? disk.unmount()) != nil
    }()

    static func mounted(at folder: URL, megabytes: Int = 4) throws -> SmallDisk {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let disk = SmallDisk(path: folder.path)
        try disk.run("mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", folder.path])
        return disk
    }

    func fill() throws {
        try Data().write(to: URL(filePath: filler))
        let file = try FileHandle(forWritingTo: URL(filePath: filler))
        for size in [65_536, 4_096, 512, 1] {
            while (try? file.write(contentsOf: Data(count: size))) != nil {}
        }
        try file.close()
    }

    func clear() throws { try FileManager.default.removeItem(atPath: filler) }

    func remount(_ mode: String) throws { try run("mount", ["-o", "remount,\(mode)", path]) }

    /// Nothing can be written under its path from now on, until it is unmounted once; what is open stays writable.
    func coverReadOnly() throws {
        try run("mount", ["--bind", path, path])
        try run("mount", ["-o", "remount,bind,ro", path])
    }

    /// A process that still uses it keeps it until that process ends.
    func unmount() throws { try run("umount", ["-l", path]) }

    private var filler: String { path + "/filler" }

    private struct Refused: Error { let command: [String] }

    private func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Refused(command: [program] + arguments) }
    }
}
