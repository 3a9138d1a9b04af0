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
    /// - Parameter isRight: Asked once; true takes the failure back.
    /// - Throws: ``SignInDesk/Refused`` when there were too many.
    func attempt<Value: Sendable>(
        _ account: SignInLimits.Subject, _ source: SignInLimits.Subject?, at moment: Duration,
        _ prove: () async throws -> Value?
    ) async throws -> Value? {
        let subjects = [account] + (source.map { [$0] } ?? [])
        if let wait = begin(subjects, at: moment) { throw SignInDesk.Refused.tooOften(wait) }
        do {
            let value = try await prove()
            end(account, source, succeeded: value != nil)
            return value
        } catch {
            // A failure of ours is nobody's wrong password.
            end(account, source, succeeded: true)
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

    private func end(_ account: SignInLimits.Subject, _ source: SignInLimits.Subject?, succeeded: Bool) {
        state.withLock { state in
            state.underWay -= 1
            guard succeeded else { return }
            state.limits.succeeded(account)
            if let source { state.limits.takeBack(source) }
        }
    }
}
