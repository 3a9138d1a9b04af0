// SPDX-License-Identifier: Apache-2.0

/// What shows that a trouble is over.
///
/// A success ends only what it disproves: an accepted access token proves nothing about the Client Secret, and a
/// refresh nothing about a lapsed subscription.
extension ConnectionTrouble {
    package enum Evidence: Sendable {
        /// The token endpoint granted a token.
        case tokenAnswer
        /// The Accounting API carried out a call.
        case call
        /// The company says that its subscription allows writing.
        case subscription
        /// The Accounting API carried out a call that writes.
        case writing
    }

    package func isEnded(by evidence: Evidence) -> Bool { cause.isEnded(by: evidence) }

    /// Whether the grant is dead: only a consent or another token mends it, and Daybook tries nothing by itself.
    package var isFinal: Bool { cause.isFinal }

    /// Whether, as far as is known, a person's consent or another token is what mends it.
    package var needsConsent: Bool { isFinal || cause == .companyRefused }
}

extension ConnectionTrouble.Cause {
    package func isEnded(by evidence: ConnectionTrouble.Evidence) -> Bool {
        switch self {
        case .grantRefused, .refusedEarly, .usedElsewhere, .answerLost, .restoredCopy, .idleExpired, .hardExpired,
            .userRemoved:
            false
        case .clientRefused, .appRefused, .requestRefused, .unreachable: evidence == .tokenAnswer
        case .companyRefused, .accessRefused, .quickBooksUnreachable: evidence != .tokenAnswer
        case .environmentMissing: true
        case .subscriptionLapsed: evidence == .writing || evidence == .subscription
        case .notAllowed: evidence == .writing
        }
    }

    package var isFinal: Bool {
        switch self {
        case .grantRefused, .refusedEarly, .usedElsewhere, .answerLost, .restoredCopy, .idleExpired, .hardExpired,
            .userRemoved:
            true
        case .companyRefused, .accessRefused, .clientRefused, .appRefused, .requestRefused, .environmentMissing,
            .subscriptionLapsed, .notAllowed, .unreachable, .quickBooksUnreachable:
            false
        }
    }

    /// Whether no usable answer came.
    ///
    /// Such a trouble ends by itself, mostly soon.
    var isOutage: Bool { self == .unreachable || self == .quickBooksUnreachable }

    /// Whether it replaces the trouble that is stored: an outage does not hide a definite answer.
    package func takes(thePlaceOf other: Self?) -> Bool {
        guard let other, other != self else { return other == nil }
        return (other.isOutage && !isOutage) || rank > other.rank || excludes(other)
    }

    /// Whether both can't be true at once, so that the newer answer is the one that holds.
    private func excludes(_ other: Self) -> Bool {
        let alternatives: [Set<Self>] = [
            [.clientRefused, .appRefused, .requestRefused], [.subscriptionLapsed, .notAllowed],
        ]
        return alternatives.contains { $0.contains(self) && $0.contains(other) }
    }

    private var rank: Int {
        if isFinal { return 4 }
        return switch self {
        case .companyRefused: 3
        case .clientRefused, .appRefused, .requestRefused, .environmentMissing: 2
        case .accessRefused, .subscriptionLapsed, .notAllowed: 1
        default: 0
        }
    }
}
