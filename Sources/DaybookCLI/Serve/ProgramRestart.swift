// SPDX-License-Identifier: Apache-2.0
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Starts the program anew in the same process, with its arguments, its environment and its process id.
///
/// Systemd, or another program that started it, need do nothing.
struct ProgramRestart {
    private let inherited: Set<Int32>

    /// To be made before the program opens anything.
    init() { inherited = Set(Self.open) }

    /// It does not return.
    ///
    /// - Throws: ``CommandFailure`` when the program can't be started; the next start does what this one would have
    ///   done.
    func run() throws -> Never {
        closeOthersAtStart()
        for number in [SIGTERM, SIGINT] { _ = signal(number, SIG_DFL) }
        var none = sigset_t()
        sigemptyset(&none)
        pthread_sigmask(SIG_SETMASK, &none, nil)
        let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
        var arguments: [UnsafeMutablePointer<CChar>?] = CommandLine.arguments.map { strdup($0) }
        arguments.append(nil)
        execv(program, &arguments)
        let reason = String(cString: strerror(errno))
        for argument in arguments { free(argument) }
        throw CommandFailure(
            "Daybook stopped to restore a backup, and could not start itself again (\(reason)). Start it: it restores then."
        )
    }

    /// Locks and connections of this start must not outlast it.
    ///
    /// What the program was started with stays open: if a pipe of these closes, the program that started this one takes
    /// this one for ended.
    private func closeOthersAtStart() {
        for descriptor in Self.open where !inherited.contains(descriptor) {
            _ = fcntl(descriptor, F_SETFD, fcntl(descriptor, F_GETFD) | FD_CLOEXEC)
        }
    }

    private static var open: [Int32] {
        let most = max(3, min(sysconf(Int32(_SC_OPEN_MAX)), 65_536))
        return (3..<Int32(most)).filter { fcntl($0, F_GETFD) >= 0 }
    }
}
