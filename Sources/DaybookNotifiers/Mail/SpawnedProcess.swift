// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A started program, which is waited for by its process id alone.
///
/// Foundation's `Process` counts a program as running as long as a child that it left behind lives.
final class SpawnedProcess: Sendable {
    let id: pid_t
    private let isReaped = Mutex(false)

    /// Starts a program.
    ///
    /// It gets the default handling of signals, even of those that are blocked or ignored here, and no descriptors but
    /// the three given.
    ///
    /// - Throws: `POSIXError` when it can't be started.
    init(
        _ program: URL, _ arguments: [String], environment: [String: String], input: FileHandle, output: FileHandle,
        errors: FileHandle
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (handle, place) in [(input, STDIN_FILENO), (output, STDOUT_FILENO), (errors, STDERR_FILENO)] {
            posix_spawn_file_actions_adddup2(&actions, handle.fileDescriptor, place)
        }
        #if !canImport(Darwin)
            Self.closeOthers(&actions)
        #endif
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var usual = sigset_t()
        sigemptyset(&usual)
        for signal in [SIGTERM, SIGINT, SIGHUP, SIGPIPE] { sigaddset(&usual, signal) }
        posix_spawnattr_setsigdefault(&attributes, &usual)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF) | Self.closesOthers)

        let path = program.path(percentEncoded: false)
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + variables { free(text) } }
        // The program that started us may ignore this signal; then the system would not keep a child's exit status.
        signal(SIGCHLD, SIG_DFL)
        var child = pid_t()
        let error = posix_spawn(&child, path, &actions, &attributes, &words, &variables)
        guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EIO) }
        id = child
    }

    /// Waits for its end, on the caller's thread.
    func wait() -> ChildCommand.End.How {
        var status: Int32 = 0
        var waited = waitpid(id, &status, 0)
        while waited == -1, errno == EINTR { waited = waitpid(id, &status, 0) }
        isReaped.withLock { $0 = true }
        guard waited == id else { return .unknown }
        let signal = status & 0x7F
        return signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
    }

    /// Kills it, unless it has ended: its process id may be another's then.
    ///
    /// - Returns: Whether it was still running.
    func end() -> Bool {
        isReaped.withLock { isReaped in
            guard !isReaped else { return false }
            return kill(id, SIGKILL) == 0
        }
    }
}
