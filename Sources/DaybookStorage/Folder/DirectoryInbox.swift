// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An inbox in a folder of this machine, with the folders `taken` and `refused` in it.
package struct DirectoryInbox: InboxFolder {
    package let path: String

    /// - Parameter path: The whole path of a folder; it may come later, as a folder of another machine does.
    package init(_ path: String) { self.path = path }

    /// The folders get the rights of the inbox: people who put files there read the reports.
    private func makeFolders() throws {
        for end in InboxEnd.allCases {
            let folder = "\(path)/\(end.rawValue)"
            if mkdir(folder, 0o770) == 0 {
                chmod(folder, try mode())
            } else if errno != EEXIST {
                throw trouble("The folder \(folder) can't be made")
            }
        }
    }

    private func mode() throws -> mode_t {
        var status = stat()
        guard stat(path, &status) == 0 else { throw trouble("The inbox \(path) can't be read") }
        return status.st_mode & 0o777
    }

    package func files() throws -> [InboxFile] {
        try makeFolders()
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).filter { !$0.hasPrefix(".") }
                .sorted().compactMap(look)
        } catch {
            throw InboxTrouble("The inbox \(path) can't be read: \(error.localizedDescription)")
        }
    }

    /// Nil for what is no file, and for one that is gone meanwhile.
    private func look(_ name: String) -> InboxFile? {
        var status = stat()
        guard lstat("\(path)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        #if canImport(Darwin)
            let time = status.st_mtimespec
        #else
            let time = status.st_mtim
        #endif
        let changed = "\(time.tv_sec).\(time.tv_nsec)"
        return InboxFile(
            name: name, identity: "\(status.st_ino)/\(changed)/\(status.st_size)/\(name)",
            size: Int(status.st_size))
    }

    package func isUnchanged(_ file: InboxFile) throws -> Bool { look(file.name) == file }

    package func isFree(_ name: String, in end: InboxEnd) throws -> Bool {
        var status = stat()
        return lstat("\(path)/\(end.rawValue)/\(name)", &status) != 0
    }

    package func copy(of file: InboxFile) throws -> any InboxContent {
        let copy = LocalCopy()
        do {
            try FileManager.default.copyItem(atPath: "\(path)/\(file.name)", toPath: copy.path)
        } catch {
            guard try isUnchanged(file) else { throw InboxFileChanged() }
            throw InboxTrouble(
                "“\(file.name)” in the inbox can't be read: \(error.localizedDescription)", isOfFile: true)
        }
        guard try isUnchanged(file) else { throw InboxFileChanged() }
        return copy
    }

    package func write(report: String, forFileNamed name: String, in end: InboxEnd) throws {
        let place = "\(path)/\(end.rawValue)/\(name).txt"
        do {
            try Data(report.utf8).write(to: URL(fileURLWithPath: place), options: .atomic)
            chmod(place, try mode() & 0o666)
        } catch {
            throw InboxTrouble("The report \(place) can't be written: \(error.localizedDescription)", isOfFile: true)
        }
    }

    package func move(_ file: InboxFile, to end: InboxEnd, as name: String) throws {
        let place = "\(path)/\(end.rawValue)/\(name)"
        guard try isFree(name, in: end) else {
            throw InboxTrouble(
                "“\(file.name)” can't be moved, because \(place) is there already. Move that file away.", isOfFile: true
            )
        }
        guard rename("\(path)/\(file.name)", place) == 0 else {
            throw trouble("“\(file.name)” can't be moved to \(place)", isOfFile: true)
        }
    }

    private func trouble(_ what: String, isOfFile: Bool = false) -> InboxTrouble {
        InboxTrouble(
            "\(what): \(String(cString: strerror(errno))). Check the folder and Daybook's right to it.",
            isOfFile: isOfFile)
    }
}
