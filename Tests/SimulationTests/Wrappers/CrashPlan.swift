// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The process has crashed; code that gets this must not do anything more.
struct Crash: Error {}

/// The database had no room for a commit.
struct DiskFull: Error {}

/// Ends a process at one of its port calls, before or after the call's effect. From then on every
/// call of that process fails without an effect, as nothing runs any more.
final class CrashPlan: Sendable {
    enum Moment: Sendable { case before, after }

    private struct State {
        var calls = 0
        var due: (call: Int, moment: Moment)?
        var isDead = false
        var isDiskFull = false
    }

    private enum Turn { case dead, crashBefore, crashAfter, goOn }

    private let state = Mutex(State())

    /// Whether grants find no room in the database; the journal has a little left.
    var isDiskFull: Bool {
        get { state.withLock { $0.isDiskFull } }
        set { state.withLock { $0.isDiskFull = newValue } }
    }

    var isDead: Bool { state.withLock { $0.isDead } }
    /// How many calls were made so far.
    var calls: Int { state.withLock { $0.calls } }

    /// Crashes at the n-th call from now, 1 being the next.
    func crash(at call: Int, _ moment: Moment) {
        state.withLock { $0.due = ($0.calls + call, moment) }
    }

    func die() { state.withLock { $0.isDead = true } }

    func passing<Value>(_ body: () async throws -> Value) async throws -> Value {
        switch turn() {
        case .dead, .crashBefore: throw Crash()
        case .goOn: return try await body()
        case .crashAfter:
            _ = try await body()
            die()
            throw Crash()
        }
    }

    /// For a call that does not wait.
    func passingAtOnce<Value>(_ body: () throws -> Value) throws -> Value {
        switch turn() {
        case .dead, .crashBefore: throw Crash()
        case .goOn: return try body()
        case .crashAfter:
            _ = try body()
            die()
            throw Crash()
        }
    }

    private func turn() -> Turn {
        state.withLock { state in
            guard !state.isDead else { return .dead }
            state.calls += 1
            guard let due = state.due, state.calls == due.call else { return .goOn }
            if due.moment == .after { return .crashAfter }
            state.isDead = true
            return .crashBefore
        }
    }
}
