// SPDX-License-Identifier: Apache-2.0

/// How often somebody may try to sign in: after five failures for a name from one address, fifty for a name and twenty for an
/// address the waits grow, up to five minutes, and nobody is ever locked out.
///
/// Decides by the clock that nobody sets, and does no I/O.
package struct SignInLimits: Sendable {
    /// What failures are counted for.
    package enum Subject: Hashable, Sendable {
        /// By the key of a name, whether there is such a person or not.
        case account(String)
        /// A name from one address: who guesses there keeps nobody from signing in elsewhere.
        case accountFrom(String, source: String)
        /// An address, as the server saw it.
        case source(String)

        /// How many failures cost no wait. A shop may share an address.
        var free: Int {
            switch self {
            case .account: 50
            case .accountFrom: 5
            case .source: 20
            }
        }
    }

    private struct Failures {
        var count: Int
        var latest: Duration
    }

    /// More subjects are not kept in mind; the ones whose latest failure is longest ago are forgotten first.
    private static let most = 10_000
    private static let longestWait = Duration.seconds(300)
    /// After so long without a failure, all is forgotten.
    private static let memory = Duration.seconds(3_600)

    private var failures: [Subject: Failures] = [:]

    package init() {}

    /// How long to wait before one may try; nil when one may try now.
    package func wait(for subjects: [Subject], at moment: Duration) -> Duration? {
        subjects.compactMap { wait(for: $0, at: moment) }.max()
    }

    package mutating func failed(_ subjects: [Subject], at moment: Duration) {
        for subject in subjects {
            let before = failures[subject].flatMap { moment - $0.latest < Self.memory ? $0.count : nil } ?? 0
            failures[subject] = Failures(count: before + 1, latest: moment)
        }
        if failures.count > Self.most { forgetOldest(at: moment) }
    }

    /// A success says nothing of others at the same source: one of them may know a password.
    package mutating func succeeded(_ account: Subject) { failures[account] = nil }

    /// What was counted beforehand was no failure.
    package mutating func takeBack(_ subject: Subject) {
        guard let known = failures[subject] else { return }
        failures[subject] = known.count > 1 ? Failures(count: known.count - 1, latest: known.latest) : nil
    }

    private func wait(for subject: Subject, at moment: Duration) -> Duration? {
        guard let known = failures[subject], known.count >= subject.free else { return nil }
        let doublings = min(known.count - subject.free, 9)
        let length = min(Duration.seconds(1 << doublings), Self.longestWait)
        let left = length - (moment - known.latest)
        return left > .zero ? left : nil
    }

    private mutating func forgetOldest(at moment: Duration) {
        failures = failures.filter { moment - $0.value.latest < Self.memory }
        guard failures.count > Self.most else { return }
        let kept = failures.sorted { $0.value.latest > $1.value.latest }.prefix(Self.most / 2)
        failures = Dictionary(uniqueKeysWithValues: kept.map { ($0.key, $0.value) })
    }
}
