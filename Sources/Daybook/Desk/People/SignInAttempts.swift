// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The attempts of this process to prove who somebody is: how often one may try, and how many try at the same moment.
final class SignInAttempts: Sendable {
    private struct State {
        var limits = SignInLimits()
        var underWay = 0
    }

    /// Each waits its turn to be hashed, which takes a second: a longer queue would only make everybody wait.
    private static let mostUnderWay = 8
    private static let waitInCrowd = Duration.seconds(5)

    private let state = Mutex(State())

    /// Makes one attempt.
    ///
    /// It counts as a failure from its beginning, so that a hundred at the same moment are not all let through.
    ///
    /// - Parameters:
    ///   - account: The key of a name.
    ///   - prove: Answers nil for a failure.
    /// - Throws: ``SignInDesk/Refused`` when there were too many.
    func attempt<Value: Sendable>(
        _ account: String, from source: String, at moment: Duration, _ prove: () async throws -> Value?
    ) async throws -> Value? {
        let own: [SignInLimits.Subject] = [.account(account), .accountFrom(account, source: source)]
        let shared = SignInLimits.Subject.source(source)
        if let wait = begin(own + [shared], at: moment) { throw SignInDesk.Refused.tooOften(wait) }
        do {
            let value = try await prove()
            end(own, shared, succeeded: value != nil)
            return value
        } catch {
            // A failure of ours is nobody's wrong password.
            end(own, shared, succeeded: true)
            throw error
        }
    }

    private func begin(_ subjects: [SignInLimits.Subject], at moment: Duration) -> Duration? {
        state.withLock { state in
            if let wait = state.limits.wait(for: subjects, at: moment) { return wait }
            guard state.underWay < Self.mostUnderWay else { return Self.waitInCrowd }
            state.limits.failed(subjects, at: moment)
            state.underWay += 1
            return nil
        }
    }

    private func end(_ own: [SignInLimits.Subject], _ shared: SignInLimits.Subject, succeeded: Bool) {
        state.withLock { state in
            state.underWay -= 1
            guard succeeded else { return }
            for subject in own { state.limits.succeeded(subject) }
            state.limits.takeBack(shared)
        }
    }
}
