// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Tells a program to go on that stands still although the test waits for it.
///
/// Where two threads stop at the same time, one signal to go on can be spent on both. A signal that comes while the program
/// is not seen to stand still could take away a stop that is yet to come.
final class StandstillWatch {
    private let timer = DispatchSource.makeTimerSource()

    init(_ program: Int32) {
        let looks = Looks(program)
        timer.schedule(deadline: .now() + 5, repeating: 5)
        timer.setEventHandler { looks.look() }
        timer.resume()
    }

    func end() { timer.cancel() }

    private final class Looks: Sendable {
        private let program: Int32
        private let wasStopped = Mutex(false)

        init(_ program: Int32) { self.program = program }

        func look() {
            let isStopped = isStopped()
            wasStopped.withLock { wasStopped in
                if isStopped, wasStopped { kill(program, SIGCONT) }
                wasStopped = isStopped
            }
        }

        private func isStopped() -> Bool {
            // A program that has ended has none.
            let status = (try? String(contentsOfFile: "/proc/\(program)/stat", encoding: .utf8)) ?? ""
            return ["t", "T"].contains(status.split(separator: ")").last?.split(separator: " ").first ?? "")
        }
    }
}
