// SPDX-License-Identifier: Apache-2.0

/// How often somebody may try to sign in.
///
/// After five failures in a row for an account from one source, twenty for a source or fifty for an account, the waits
/// grow; nobody is ever locked out.
///
/// Each try counts as a failure from its beginning, because many may be under way at the same moment. It decides by the
/// monotonic clock, and does no I/O.
package struct SignInLimits: Sendable {
    /// What failures are counted for.
    package enum Subject: Hashable, Sendable {
        /// An account from one source: somebody who guesses there keeps nobody out elsewhere.
        case account(String)
        /// By the key of a name, wherever from, whether there is such a person or not.
        case name(String)
        /// An address, as the server saw it.
        case source(String)

        /// A household or a shop may share an address.
        var free: Int {
            switch self {
            case .account: 5
            case .name: 50
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

    /// How many subjects are kept in mind.
    package var count: Int { failures.count }

    /// Begins a try, which is a failure until it has succeeded or is taken back.
    ///
    /// - Returns: How long to wait first; nothing was begun then.
    package mutating func begin(_ subjects: [Subject], at moment: Duration) -> Duration? {
        if let wait = subjects.compactMap({ wait(for: $0, at: moment) }).max() { return wait }
        note(subjects, at: moment)
        return nil
    }

    /// A try has succeeded: the account's failures are forgotten.
    ///
    /// That says nothing of others at the same source, one of whom may know a password: of the source's failures only
    /// this try is taken back.
    package mutating func succeeded(_ subjects: [Subject]) {
        takeBack(subjects)
        for subject in subjects {
            switch subject {
            case .account, .name: failures[subject] = nil
            case .source: break
            }
        }
    }

    /// A try came to no end, for example because the database failed.
    package mutating func takeBack(_ subjects: [Subject]) {
        for subject in subjects {
            guard let count = failures[subject]?.count else { continue }
            failures[subject]?.count = count - 1
            if count <= 1 { failures[subject] = nil }
        }
    }

    private mutating func note(_ subjects: [Subject], at moment: Duration) {
        for subject in subjects {
            let before = failures[subject].flatMap { moment - $0.latest < Self.memory ? $0.count : nil } ?? 0
            failures[subject] = Failures(count: before + 1, latest: moment)
        }
        if failures.count > Self.most { forgetOldest(at: moment) }
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
