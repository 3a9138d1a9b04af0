// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Closes the descriptors that a started program must not inherit.
///
/// The web server's sockets and those to Intuit don't close by themselves when a program is started. A child that a
/// mail command left behind would keep our port in LISTEN, and the next start would find it taken.
extension SpawnedProcess {
    #if canImport(Darwin)
        /// Closes every descriptor that no action has put in place.
        static let closesOthers = Int16(POSIX_SPAWN_CLOEXEC_DEFAULT)
    #else
        /// No flag: an action closes them.
        static let closesOthers: Int16 = 0

        private typealias AddCloseFrom =
            @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32

        /// Closes all but the first three, after the actions so far.
        static func closeOthers(_ actions: inout posix_spawn_file_actions_t) {
            // In glibc since 2.34, but its header shows it only to those who define _GNU_SOURCE, as Swift does not.
            if let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") {
                _ = unsafeBitCast(symbol, to: AddCloseFrom.self)(&actions, STDERR_FILENO + 1)
            } else {
                closeListed(&actions)
            }
        }

        /// For other C libraries: a descriptor that another thread opens in this very moment is missed.
        private static func closeListed(_ actions: inout posix_spawn_file_actions_t) {
            // If there is no such list, the e-mail is sent all the same.
            let listed = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
            for descriptor in listed.compactMap({ Int32($0) }) where descriptor > STDERR_FILENO {
                posix_spawn_file_actions_addclose(&actions, descriptor)
            }
        }
    #endif
}
