// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// strace, attached to a running program, with a signal for its next durable system calls.
///
/// Counting calls is not left to strace, which counts for each thread anew: every call stops the whole program, and
/// the test lets it go on.
final class Tracer {
    enum Injection: String {
        /// The call is carried out; then the program stands still.
        case stopAfter = "SIGSTOP"
        /// The program is gone before the call is carried out.
        case killBefore = "SIGKILL"
    }

    private let program: Int32
    private let strace: Process
    private let lines: AsyncStream<String>
    private var said: [String] = []
    private var underWay: [String: DurableCall] = [:]
    /// Calls that have returned, and whose stop has not been told yet.
    private var returned: [String: DurableCall] = [:]

    /// Returns once every thread is held.
    static func attach(to program: Int32, _ injection: Injection, data: URL) async throws -> Tracer {
        guard let tool = Strace.program else { throw CommandFailure("strace is not installed") }
        let calls = DurableCall.names.joined(separator: ",")
        let strace = Process()
        strace.executableURL = tool
        // No bytes of what is written: it is secret, though sealed.
        strace.arguments =
            ["-f", "-y", "-s", "0", "-p", "\(program)", "-e", "trace=\(calls)"]
            + ["-e", "inject=\(calls):signal=\(injection.rawValue)"] + paths(data).flatMap { ["-P", $0] }
        let output = Pipe()
        strace.standardError = output
        let lines = output.lines()
        try strace.run()
        let tracer = Tracer(program, strace, lines)
        try await tracer.read { if case .attached = $0 { true } else { false } }
        return tracer
    }

    private static func paths(_ data: URL) -> [String] {
        let names = ["daybook.db", "daybook.db-wal", "daybook.db-journal", "tokens.journal", "tokens.journal.new"]
        return [data.path] + names.map { data.appending(path: $0).path }
    }

    private init(_ program: Int32, _ strace: Process, _ lines: AsyncStream<String>) {
        self.program = program
        self.strace = strace
        self.lines = lines
    }

    /// Waits for the next durable call; it has been carried out, and the program stands still.
    func nextStop() async throws -> DurableCall {
        let watch = StandstillWatch(program)
        defer { watch.end() }
        while true {
            switch try await next() {
            case .call(let call, let thread, true): underWay[thread] = call
            case .call(let call, let thread, false):
                // The signal to go on, sent for another thread's stop, has taken this one's stop away.
                let unseen = returned.updateValue(call, forKey: thread)
                if let unseen { return unseen }
            case .returned(let thread): returned[thread] = underWay.removeValue(forKey: thread)
            // A thread that stops with others while its call is under way stops once more for the call itself.
            case .stopped(let thread): if let call = returned.removeValue(forKey: thread) { return call }
            case .attached: continue
            }
        }
    }

    func goOn() { kill(program, SIGCONT) }

    /// Lets go of the program, which stands still until it is told to go on.
    func detach() async {
        // Started from here, strace does not get to see any signal that can be blocked.
        kill(strace.processIdentifier, SIGKILL)
        for await _ in lines {}
    }

    private func read(until isFound: (TraceLine) -> Bool) async throws {
        while !isFound(try await next()) {}
    }

    private func next() async throws -> TraceLine {
        // A stream goes on where the last reading of it stopped.
        for await line in lines {
            said.append(line)
            if let read = TraceLine(line) { return read }
        }
        throw CommandFailure("strace ended: \(said.suffix(5).joined(separator: "\n"))")
    }
}
