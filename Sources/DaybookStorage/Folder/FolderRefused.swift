// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// This user can't use the path as a data folder; nothing was changed.
package struct FolderRefused: Error, Equatable, Sendable, CustomStringConvertible {
    package enum Cause: Equatable, Sendable {
        case isFile
        /// Another user's; the owner's name when it could be read.
        case isForbidden(owner: String?, user: String)
    }

    package let path: String
    package let cause: Cause

    package var description: String {
        switch cause {
        case .isFile:
            """
            The data folder “\(path)” can't be used: “\(name)” is a file, not a folder. Name a folder with --data-dir or \
            DAYBOOK_DATA_DIR, such as /var/lib/daybook.
            """
        case .isForbidden(let owner?, let user) where owner != user:
            """
            The data folder “\(path)” belongs to the user \(owner), and the user \(user) may not use it. Run the \
            command as \(owner) (sudo -u \(owner) daybook …), or name another folder with --data-dir or \
            DAYBOOK_DATA_DIR.
            """
        case .isForbidden(_, let user):
            """
            The data folder “\(path)” may not be read and written by the user \(user). Give \(user) the right to it, \
            run the command as the user that Daybook runs as, or name another folder with --data-dir or \
            DAYBOOK_DATA_DIR.
            """
        }
    }

    private var name: String { URL(fileURLWithPath: path).lastPathComponent }
}

extension DataFolder {
    /// - Throws: ``FolderRefused`` or ``FileTrouble`` when a folder that is there can't be written.
    package func requireWritable() throws { _ = try isReachable(for: .writing) }

    /// What a process needs the folder for.
    enum Use { case reading, writing }

    /// Whether the folder is there, and this user may use it.
    ///
    /// - Throws: ``FolderRefused`` when it is a file or another user's, ``FileTrouble`` for any other obstacle.
    func isReachable(for use: Use) throws -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else {
            switch errno {
            case ENOENT: return false
            case EACCES:
                throw FolderRefused(path: path, cause: .isForbidden(owner: nil, user: Self.userName(geteuid())))
            case ENOTDIR: throw FolderRefused(path: fileAbove(), cause: .isFile)
            default: throw FileTrouble("examine the folder", path)
            }
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw FolderRefused(path: path, cause: .isFile) }
        let rights = use == .writing ? R_OK | W_OK | X_OK : R_OK | X_OK
        guard access(path, rights) == 0 else {
            guard errno == EACCES else { throw FileTrouble("use the folder", path) }
            throw FolderRefused(
                path: path,
                cause: .isForbidden(owner: Self.userName(status.st_uid), user: Self.userName(geteuid())))
        }
        return true
    }

    /// The file in the path where a folder should be.
    private func fileAbove() -> String {
        var folder = URL(fileURLWithPath: path)
        while folder.path != "/", !FileManager.default.fileExists(atPath: folder.path) {
            folder.deleteLastPathComponent()
        }
        return folder.path
    }

    private static func userName(_ id: uid_t) -> String {
        guard let entry = getpwuid(id), let name = entry.pointee.pw_name else { return "\(id)" }
        return String(cString: name)
    }
}
