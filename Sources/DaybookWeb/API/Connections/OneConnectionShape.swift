// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// One of several connections, as the API tells it.
struct OneConnectionShape: Encodable {
    struct ClockShape: Encodable {
        let endsAt: Date
        let secondsLeft: Int64
        let daysLeft: Int
        /// The warning that is reached, in days; nil while none is.
        let warningLevel: Int?

        init(_ reading: ConnectionClocks.Reading) {
            endsAt = reading.end
            secondsLeft = reading.left.components.seconds
            daysLeft = reading.days
            warningLevel = reading.level
        }
    }

    struct TroubleShape: Encodable {
        let cause: String
        let explanation: String
        let since: Date
        let needsConsent: Bool
        let intuitTid: String?

        init(_ trouble: ConnectionTrouble) {
            cause = trouble.cause.rawValue
            explanation = trouble.explanation
            since = trouble.since
            needsConsent = trouble.needsConsent
            intuitTid = trouble.intuitTID
        }
    }

    struct RestoredCopyShape: Encodable {
        let since: Date
        let sign: String
        let explanation: String
        /// Requests to QuickBooks that are missing in the database; nil when that can't be told.
        let missingEnvelopes: Int64?
        let unknownDocuments: Int
        /// When the database sent its last request before it was noticed.
        let lastSentAt: Date?
        let lookedUpUntil: Date

        init(_ copy: RestoredCopy, isPostingStopped: Bool) {
            since = copy.noticedAt
            sign = copy.sign.rawValue
            explanation = copy.explanation(isPostingStopped: isPostingStopped)
            missingEnvelopes = copy.missingEnvelopes
            unknownDocuments = copy.unknownDocuments
            lastSentAt = copy.lastSentAt
            lookedUpUntil = copy.lookedUpUntil
        }
    }

    struct UnansweredPostingShape: Encodable {
        let since: Date
        let explanation: String
    }

    struct PostingStopShape: Encodable {
        let since: Date
        let explanation: String
    }

    struct WarningShape: Encodable {
        let about: String
        let explanation: String
    }

    struct RefreshesShape: Encodable {
        let days: Int
        let attempts: Int
        let successes: Int
    }

    let id: Int64
    let status: String
    let app: AppShape?
    let company: CompanyShape?
    /// A token was tried and waits for a person to confirm this company.
    let toConfirm: CompanyShape?
    let stores: [Int]
    let refreshedAt: Date?
    let idleExpiresAt: Date?
    let hardExpiresAt: Date?
    let idleClock: ClockShape?
    let hardClock: ClockShape?
    let trouble: TroubleShape?
    /// Nil unless the database is a restored copy and new documents are looked up for it.
    let restoredCopy: RestoredCopyShape?
    /// Why nothing is posted there any more; nil while posting goes on.
    let postingStop: PostingStopShape?
    /// That what is posted there gets no certain answer; nil while it does, and where the connection's trouble says so.
    let unansweredPosting: UnansweredPostingShape?
    let warnings: [WarningShape]
    let refreshes: RefreshesShape
    /// Exports that can't go out before it works.
    let waiting: Int
    let inError: Int
    let history: [KindNoteShape]

    init(_ sight: ConnectionSight) {
        let connection = sight.standing.connection
        id = connection.id.value
        status = connection.status.rawValue
        app = sight.app.map(AppShape.init)
        company = connection.company.map(CompanyShape.init)
        toConfirm = sight.proposal.map(CompanyShape.init)
        stores = sight.stores.filter { $0.connection == connection.id }.map(\.number.value)
        refreshedAt = connection.grant?.refreshedAt
        idleExpiresAt = connection.grant?.idleExpiresAt
        hardExpiresAt = connection.grant?.hardExpiresAt
        let clocks = connection.grant.map { ConnectionClocks($0, at: sight.now) }
        idleClock = clocks.map { ClockShape($0.idle) }
        hardClock = clocks?.hard.map(ClockShape.init)
        trouble = connection.trouble.map(TroubleShape.init)
        let isStopped = sight.standing.stop != nil
        restoredCopy = sight.standing.copy.map { RestoredCopyShape($0, isPostingStopped: isStopped) }
        postingStop = sight.standing.stop.map { PostingStopShape(since: $0.since, explanation: $0.explanation) }
        unansweredPosting = sight.standing.unanswered.map {
            UnansweredPostingShape(since: $0.since, explanation: $0.explanation)
        }
        warnings = sight.standing.warnings.map {
            WarningShape(about: $0.subject.rawValue, explanation: $0.explanation)
        }
        refreshes = RefreshesShape(
            days: ConnectionSight.days, attempts: sight.refreshes.attempts, successes: sight.refreshes.successes)
        waiting = sight.standing.waiting
        inError = sight.errors
        history = sight.history.map(KindNoteShape.init)
    }
}
