// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Why a connection can't be used just now.
///
/// A cause never claims more than is known.
package struct ConnectionTrouble: Hashable, Sendable {
    package enum Cause: String, Sendable, CaseIterable, Codable {
        /// The token endpoint refused the refresh token for good (`invalid_grant`).
        case grantRefused = "grant-refused"
        /// It was refused less than a day after it last changed; whether somebody ended it or changed it can't be
        /// known.
        case refusedEarly = "refused-early"
        /// It was refused although QuickBooks still accepts the access token: another program has changed it.
        case usedElsewhere = "used-elsewhere"
        /// It was refused after the answer to one of our own refreshes was lost, or was an error.
        case answerLost = "answer-lost"
        /// It was refused, and the database was restored since: the Daybook that the backup is from has changed it.
        case restoredCopy = "restored-copy"
        /// By Daybook's clock its 100 days without use were over when it was refused.
        case idleExpired = "idle-expired"
        /// The five-year limit had passed when it was refused.
        case hardExpired = "hard-expired"
        /// The connecting user is no longer in the company (`x_error_reason`).
        case userRemoved = "user-removed"
        /// The Accounting API answered 403 with code 3100, though the token endpoint still grants tokens.
        case companyRefused = "company-refused"
        /// The Accounting API answers 401 to one fresh access token after the other.
        case accessRefused = "access-refused"
        /// The Client ID or Client Secret is refused (`invalid_client`); the grant is kept.
        case clientRefused = "client-refused"
        /// The app itself is not allowed what it asks (`unauthorized_client`); the grant is kept.
        case appRefused = "app-refused"
        /// The token endpoint refuses for another reason of RFC 6749 (`invalid_scope` …); the grant is kept.
        case requestRefused = "request-refused"
        /// The connection belongs to an environment that Daybook was not started with.
        case environmentMissing = "environment-missing"
        /// The company's subscription does not allow writing (6190).
        case subscriptionLapsed = "subscription-lapsed"
        /// The company's plan or the connecting user's rights don't allow it (5020, 5030).
        case notAllowed = "not-allowed"
        /// No usable answer from Intuit's token endpoint just now; tried again by itself.
        case unreachable
        /// No usable answer from the Accounting API just now; tried again by itself.
        case quickBooksUnreachable = "quickbooks-unreachable"
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
}
