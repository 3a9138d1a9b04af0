// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Whether the data folder can be written, and whether its files are still those that were opened.
package final class FolderCondition: StorageCondition {
    private struct FileNumbers: Equatable {
        let device: UInt64
        let inode: UInt64

        /// Nil when there is no such file.
        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            device = UInt64(truncatingIfNeeded: status.st_dev)
            inode = UInt64(truncatingIfNeeded: status.st_ino)
        }
    }

    private let noticed = Mutex<StorageTrouble?>(nil)
    private let open = Mutex<[String: FileNumbers]>([:])
    private let needed = Mutex<Set<String>>([])

    package init() {}

    package var trouble: StorageTrouble? { noticed.withLock { $0 } }

    /// Remembers the file that is at a path now as the one that is open.
    func expectSameFile(at path: String) {
        let numbers = FileNumbers(path)
        open.withLock { $0[path] = numbers }
    }

    /// From now on there must be a file at this path, but it may be replaced by another.
    func expectFile(at path: String) { needed.withLock { _ = $0.insert(path) } }

    /// - Throws: ``StorageFailure`` when a file that is open was removed or replaced: what is written to it is lost.
    package func checkInPlace() throws {
        let isInPlace =
            open.withLock { $0.allSatisfy { path, numbers in FileNumbers(path) == numbers } }
            && needed.withLock { $0.allSatisfy { FileNumbers($0) != nil } }
        guard isInPlace else { throw StorageFailure(.vanished) }
    }

    /// Notes an error.
    ///
    /// Only an error of the disk changes the state.
    func note(_ error: any Error) {
        guard let trouble = StorageTrouble(error) else { return }
        noticed.withLock { $0 = trouble }
    }

    func over() { noticed.withLock { $0 = nil } }
}

extension StorageTrouble {
    /// Nil for an error that other writes would not have too.
    package init?(_ error: any Error) {
        switch error {
        case let failure as StorageFailure:
            switch failure.cause {
            case .diskFull: self = .full
            case .readOnly: self = .readOnly
            case .inputOutput, .cannotOpen: self = .failing
            case .syncFailed, .damaged, .lockedByAnother, .outOfMemory, .madeByNewerVersion, .refusedByRule, .vanished,
                .other:
                return nil
            }
        case let trouble as FileTrouble:
            switch trouble.errorNumber {
            case ENOSPC, EDQUOT: self = .full
            case EROFS, EACCES, EPERM: self = .readOnly
            case EIO: self = .failing
            default: return nil
            }
        default: return nil
        }
    }
}
