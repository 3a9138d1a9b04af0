// SPDX-License-Identifier: Apache-2.0

/// A warning as an e-mail has it: a subject line, a text, and both again when it is over.
extension ConnectionWarning {
    /// Days left, for a clock.
    var days: Int? {
        switch self {
        case .idle(let days), .hard(let days): days
        case .trouble, .notRefreshed, .secondCopy, .exportsInError: nil
        }
    }

    var cause: ConnectionTrouble.Cause? {
        if case .trouble(let cause) = self { cause } else { nil }
    }

    /// The subject of an e-mail.
    package var title: String {
        switch self {
        case .idle(let days): "The connection to QuickBooks ends within \(Self.text(days)) unless it is used"
        case .hard(let days): "QuickBooks asks for a new consent within \(Self.text(days))"
        case .trouble(let cause): Self.title(of: cause)
        case .notRefreshed: "The connection to QuickBooks was not renewed for 26 hours"
        case .secondCopy: "Another program seems to use the connection to QuickBooks"
        case .exportsInError: "Exports have been in Error for more than an hour"
        }
    }

    /// The text of an e-mail: what is wrong, what to do, and what happens meanwhile.
    var told: String {
        switch self {
        case .trouble:
            """
            \(explanation)

            Transactions keep coming in and wait. After the repair they go out by themselves, oldest first; none \
            needs a reset.
            """
        case .idle, .hard, .notRefreshed, .secondCopy, .exportsInError: explanation
        }
    }

    /// - Parameter isConnected: False when the warning is over only because somebody disconnected.
    func titleWhenOver(isConnected: Bool) -> String {
        guard isConnected || self == .exportsInError else {
            return "All clear: the connection to QuickBooks was disconnected here"
        }
        return switch self {
        case .idle, .hard: "All clear: the connection to QuickBooks has time again"
        case .trouble: "All clear: the connection to QuickBooks works again"
        case .notRefreshed: "All clear: the connection to QuickBooks is renewed again"
        case .secondCopy: "All clear: no second program at the connection to QuickBooks"
        case .exportsInError: "All clear: no export is in Error for long any more"
        }
    }

    /// - Parameter isConnected: False when the warning is over only because somebody disconnected.
    func explanationWhenOver(isConnected: Bool) -> String {
        guard isConnected || self == .exportsInError else {
            return """
                The connection was disconnected in Daybook, so the earlier warning no longer holds. What comes in \
                waits until somebody presses Connect to QuickBooks.
                """
        }
        return switch self {
        case .idle: "The connection was renewed, and its clock of 100 days runs anew. Nothing needs doing."
        case .hard: "A new consent was given, and its five years run anew. Nothing needs doing."
        case .trouble: "QuickBooks takes Daybook's calls again. What waited goes out by itself; nothing needs doing."
        case .notRefreshed: "The connection is renewed as it should be. Nothing needs doing."
        case .secondCopy:
            """
            There was no sign of another program for a week, or a new consent was given since the last. Nothing needs \
            doing.
            """
        case .exportsInError:
            "What was in Error was reset, held or excluded, or its cause is gone. Nothing needs doing."
        }
    }

    private static func title(of cause: ConnectionTrouble.Cause) -> String {
        switch cause {
        case .clientRefused: "Intuit refuses Daybook's Client ID or Client Secret"
        case .subscriptionLapsed: "The QuickBooks subscription does not allow writing"
        case .notAllowed: "QuickBooks does not allow Daybook to write"
        case .appRefused: "Intuit does not let Daybook's app renew the connection to QuickBooks"
        case .requestRefused: "Intuit refuses to renew the connection to QuickBooks"
        case .environmentMissing: "Daybook was started without the environment of the connection to QuickBooks"
        case .accessRefused: "QuickBooks refuses fresh access tokens"
        case .unreachable: "Intuit can't be reached"
        case .quickBooksUnreachable: "QuickBooks can't be reached"
        case .grantRefused, .refusedEarly, .usedElsewhere, .answerLost, .restoredCopy, .idleExpired, .hardExpired,
            .userRemoved,
            .companyRefused:
            "The connection to QuickBooks is broken"
        }
    }

    private static func text(_ days: Int) -> String { days == 1 ? "one day" : "\(days) days" }
}
