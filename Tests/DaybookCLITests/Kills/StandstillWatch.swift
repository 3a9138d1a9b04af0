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
        /// How often each thread had run when the program was last seen stopped; nil when it was not.
        private let seen = Mutex<[String]?>(nil)

        init(_ program: Int32) { self.program = program }

        func look() {
            // Each call stops it for a moment, so that it can be seen stopped twice while it goes on all the time.
            let switches = isStopped() ? switches() : nil
            seen.withLock { seen in
                if let switches, switches == seen { kill(program, SIGCONT) }
                seen = switches
            }
        }

        private func switches() -> [String] {
            let threads = "/proc/\(program)/task"
            let names = (try? FileManager.default.contentsOfDirectory(atPath: threads)) ?? []
            return names.sorted().flatMap { name in
                let status = (try? String(contentsOfFile: "\(threads)/\(name)/status", encoding: .utf8)) ?? ""
                return [name] + status.split(separator: "\n").filter { $0.contains("ctxt_switches") }.map(String.init)
            }
        }

        private func isStopped() -> Bool {
            // A program that has ended has none.
            let status = (try? String(contentsOfFile: "/proc/\(program)/stat", encoding: .utf8)) ?? ""
            return ["t", "T"].contains(status.split(separator: ")").last?.split(separator: " ").first ?? "")
        }
    }
}
