// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Why a connection can't be used just now.
///
/// Never says more than is known.
package struct ConnectionTrouble: Hashable, Sendable {
    package enum Cause: String, Sendable, CaseIterable, Codable {
        /// The token endpoint refused the refresh token for good (`invalid_grant`).
        case grantRefused = "grant-refused"
        /// It was refused although QuickBooks still takes the access token: somebody else has changed it.
        case usedElsewhere = "used-elsewhere"
        /// It was refused after the answer to one of our own refreshes was lost.
        case answerLost = "answer-lost"
        /// Our own idle clock had run out when it was refused.
        case idleExpired = "idle-expired"
        /// The five-year limit had passed when it was refused.
        case hardExpired = "hard-expired"
        /// The connecting user is no longer in the company (`x_error_reason`).
        case userRemoved = "user-removed"
        /// The Accounting API answered 403/3100: this token is not for this company or environment.
        case companyRefused = "company-refused"
        /// The client id or secret is refused (`invalid_client`); the grant is kept.
        case clientRefused = "client-refused"
        /// The company's subscription does not allow writing (6190).
        case subscriptionLapsed = "subscription-lapsed"
        /// The company's plan or the connecting user's rights don't allow it (5020, 5030).
        case notAllowed = "not-allowed"
        /// No usable answer from Intuit just now; tried again by itself.
        case unreachable
    }

    package let cause: Cause
    package let since: Date
    /// Intuit's trace id of the answer that said so.
    package let intuitTID: String?

    package init(cause: Cause, since: Date, intuitTID: String? = nil) {
        self.cause = cause
        self.since = since
        self.intuitTID = intuitTID
    }

    /// Whether only a person's consent (or another token) can mend it.
    package var needsConsent: Bool {
        switch cause {
        case .grantRefused, .usedElsewhere, .answerLost, .idleExpired, .hardExpired, .userRemoved, .companyRefused:
            true
        case .clientRefused, .subscriptionLapsed, .notAllowed, .unreachable: false
        }
    }

    /// Whether reading may work all the same, so that only something written ends it.
    var isAboutWriting: Bool { cause == .subscriptionLapsed || cause == .notAllowed }

    package var explanation: String {
        switch cause {
        case .grantRefused:
            """
            QuickBooks no longer accepts this connection, most often because somebody disconnected it. Press Connect \
            to QuickBooks, or enter a new refresh token.
            """
        case .usedElsewhere:
            """
            The refresh token stopped working although nobody disconnected Daybook: another program (a test copy, an \
            older server, Intuit's Playground) uses the same one and has changed it. Stop that program, then press \
            Connect to QuickBooks, or enter a new refresh token.
            """
        case .answerLost:
            """
            An answer of Intuit was lost on the way, and with it, it seems, a new refresh token; the old one no longer \
            works. Press Connect to QuickBooks, or enter a new refresh token.
            """
        case .idleExpired:
            """
            The connection was not used for more than 100 days and QuickBooks let it expire. Press Connect to \
            QuickBooks, or enter a new refresh token.
            """
        case .hardExpired:
            """
            QuickBooks asks for a new consent every five years, and that time has come. Press Connect to QuickBooks.
            """
        case .userRemoved:
            """
            The person who connected is no longer a user of this QuickBooks company. A current administrator must \
            press Connect to QuickBooks.
            """
        case .companyRefused:
            """
            QuickBooks no longer lets this connection into the company (its answer was 3100), most often because \
            somebody disconnected it there. Press Connect to QuickBooks, or enter a new refresh token.
            """
        case .clientRefused:
            """
            Intuit refuses the Client ID or Client Secret, which it took before; most often the secret was changed at \
            Intuit. Copy both again from the app's keys into Settings; the connection itself is kept.
            """
        case .subscriptionLapsed:
            "The company's QuickBooks subscription does not allow writing. Renew it at Intuit; posting then goes on."
        case .notAllowed:
            """
            The company's QuickBooks plan, or the rights of the person who connected, don't allow posting journal \
            entries as they are. A QuickBooks administrator can change either; posting then goes on by itself.
            """
        case .unreachable:
            "Intuit can't be reached or gives no usable answer. It is tried again by itself; nothing needs doing."
        }
    }
}
