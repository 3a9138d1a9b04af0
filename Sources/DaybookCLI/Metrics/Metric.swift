// SPDX-License-Identifier: Apache-2.0

/// Every metric, with its name for Prometheus.
///
/// Labels are numbers and fixed words; never a name, an address or a secret.
enum Metric: String, CaseIterable {
    case connectionState = "daybook_connection_state"
    case connectionTrouble = "daybook_connection_trouble"
    case idleSecondsLeft = "daybook_connection_idle_seconds_left"
    case hardSecondsLeft = "daybook_connection_hard_seconds_left"
    case refreshSuccessRatio = "daybook_connection_refresh_success_ratio"
    case warningsInForce = "daybook_connection_warnings_in_force"
    case exports = "daybook_exports"
    case transactionsRecorded = "daybook_transactions_recorded_total"
    case tokenRefreshes = "daybook_token_refreshes_total"
    case tokenRotations = "daybook_token_rotations_total"
    case tokenRefreshFailures = "daybook_token_refresh_failures_total"
    case secondCopySigns = "daybook_second_copy_signs_total"
    case restoredCopiesNoticed = "daybook_restored_copies_noticed_total"
    case restoredCopySecondsLeft = "daybook_restored_copy_seconds_left"
    case restoredCopyUnknownDocuments = "daybook_restored_copy_unknown_documents"
    case restoredCopyMissingEnvelopes = "daybook_restored_copy_missing_envelopes"
    case postingStops = "daybook_posting_stops_total"
    case envelopesSent = "daybook_envelopes_sent_total"
    case envelopesUnanswered = "daybook_envelopes_unanswered_total"
    case documentsSent = "daybook_documents_sent_total"
    case exportsSettled = "daybook_exports_settled_total"
    case outcomesUnknown = "daybook_outcomes_unknown_total"
    case looks = "daybook_looks_total"
    case looksFailed = "daybook_looks_failed_total"
    case doubles = "daybook_doubles_total"
    case sendingStops = "daybook_sending_stops_total"
    case throttled = "daybook_throttled_total"
    case unreachable = "daybook_unreachable_total"
    case leasesLost = "daybook_leases_lost_total"
    case announcements = "daybook_announcements_total"
    case deliveryAttempts = "daybook_delivery_attempts_total"
    case storageTroubles = "daybook_storage_troubles_total"
    case connectionsClosed = "daybook_connections_closed_total"
    case storageTrouble = "daybook_storage_trouble"
    case signIns = "daybook_sign_ins_total"
    case signInsRefused = "daybook_sign_ins_refused_total"

    var type: String { rawValue.hasSuffix("_total") ? "counter" : "gauge" }

    var help: String {
        switch self {
        case .connectionState: "1 for the state a connection is in, 0 for the others."
        case .connectionTrouble: "1 for the cause for which a connection can't be used; absent while it can."
        case .idleSecondsLeft: "Seconds until a connection ends if it is not used."
        case .hardSecondsLeft: "Seconds until a connection needs a new consent, five years after the last one."
        case .refreshSuccessRatio: "Share of token refreshes of the last 30 days that succeeded; absent without any."
        case .warningsInForce: "Warnings about a connection that people were told and that are not over."
        case .exports: "Exports in each state."
        case .transactionsRecorded: "Transactions taken since the start."
        case .signIns: "Times somebody was let in."
        case .signInsRefused: "Times somebody was not: a wrong name, password or code."
        case .tokenRefreshes: "Token refreshes that succeeded."
        case .tokenRotations: "Token refreshes that brought a new refresh token."
        case .tokenRefreshFailures: "Token refreshes that brought no token, by cause."
        case .secondCopySigns: "Signs that another program uses the same refresh token."
        case .restoredCopiesNoticed: "Times the database was noticed to be a restored copy, by sign."
        case .restoredCopySecondsLeft:
            "Seconds for which new documents are looked up before they are sent; absent unless a restored copy."
        case .restoredCopyUnknownDocuments:
            "Documents that QuickBooks had and a restored copy did not know; absent unless a restored copy."
        case .restoredCopyMissingEnvelopes:
            "Envelopes known to be missing in a restored copy; absent unless that is known."
        case .postingStops: "Times posting was stopped because another copy of the data posted the same documents."
        case .envelopesSent: "Envelopes sent to QuickBooks and answered."
        case .envelopesUnanswered: "Envelopes sent to QuickBooks without a readable answer."
        case .documentsSent: "Documents in answered envelopes."
        case .exportsSettled: "Exports that reached a state by an answer, or by looking them up."
        case .outcomesUnknown: "Documents sent without a readable answer."
        case .looks: "Times QuickBooks was asked whether documents are there."
        case .looksFailed: "Times QuickBooks was asked whether documents are there and gave no readable answer."
        case .doubles: "Exports that were found twice in QuickBooks."
        case .sendingStops: "Times nothing more was sent until an unanswered envelope was looked up."
        case .throttled: "Times QuickBooks asked to wait (429)."
        case .unreachable: "Times QuickBooks could not be reached."
        case .leasesLost: "Leases on a company lost to another worker."
        case .announcements: "Warnings and all-clears that people were to be told."
        case .deliveryAttempts: "Attempts to deliver an announcement, by kind of notifier and result."
        case .storageTroubles: "Times the database or the disk failed."
        case .connectionsClosed: "Connections closed because no request came in time, or to make room for others."
        case .storageTrouble: "1 for the kind of storage trouble there is, 0 for the others."
        }
    }
}
