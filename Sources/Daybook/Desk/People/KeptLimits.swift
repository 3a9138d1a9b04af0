// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The limits of all tries of a password in this process: by signing in, signing in again and changing the password.
final class KeptLimits: Sendable {
    private let limits = Mutex(SignInLimits())

    /// Lets a name be tried from somewhere, unless it was tried too often.
    ///
    /// - Parameters:
    ///   - name: The key of a name, or what was typed for one.
    ///   - moment: By the monotonic clock.
    ///   - prove: Answers nil when what was tried is wrong. What it throws counts neither for nor against anybody.
    /// - Throws: ``SignInDesk/Refused`` for one who tries too often; nothing was tried then.
    func limited<Proven>(
        _ name: String, _ origin: SignInDesk.Origin, at moment: Duration, _ prove: () async throws -> Proven?
    ) async throws -> Proven? {
        let subjects: [SignInLimits.Subject] = [
            .account("\(name) from \(origin.source)"), .name(name), .source(origin.source),
        ]
        // The try is counted before it is known to be wrong, so that a thousand at the same moment are not let through.
        if let wait = limits.withLock({ $0.begin(subjects, at: moment) }) { throw Self.tooOften(wait) }
        do {
            let proven = try await prove()
            if proven != nil { limits.withLock { $0.succeeded(subjects) } }
            return proven
        } catch {
            limits.withLock { $0.takeBack(subjects) }
            throw error
        }
    }

    private static func tooOften(_ wait: Duration) -> SignInDesk.Refused {
        let seconds = max(1, Int(wait.seconds.rounded(.up)))
        return SignInDesk.Refused(
            cause: .tooOften,
            message:
                "There were too many wrong sign-ins. Try again in \(seconds == 1 ? "a second" : "\(seconds) seconds").",
            retryAfter: seconds)
    }
}
