// SPDX-License-Identifier: Apache-2.0

/// A way to break a connection on purpose.
///
/// ``SandboxMending`` mends those that can be mended.
public enum SandboxBreakage: String, Sendable, Hashable, CaseIterable {
    /// The next refresh is carried out with a rotation, and its answer is lost.
    case loseNextRefreshAnswer = "lose-next-refresh-answer"
    /// The refresh token is rotated now, as if a second copy had refreshed.
    case rotateNow = "rotate-now"
    /// The grant is revoked, as by Disconnect in QuickBooks; the app is not told.
    case revoke
    /// The refresh token expires as if it had not been used, without turning the clock.
    case expireIdle = "expire-idle"
    /// The consent ends as if it were five years old, without turning the clock.
    case expireHard = "expire-hard"
    /// The user who connected the company is removed from it.
    case removeUser = "remove-user"
    /// The company's subscription has lapsed: writes get fault 6190.
    case suspendCompany = "suspend-company"
    /// The keys get a new Client Secret.
    case rotateSecret = "rotate-secret"
    /// For a while the token endpoint answers 200 with bytes that are no answer.
    case tokenGarbage = "token-garbage"
    /// For a while the token endpoint answers 200 with a web page.
    case tokenHTML = "token-html"
    /// For a while the token endpoint answers 429.
    case tokenThrottled = "token-throttled"
    /// For a while the token endpoint answers 500, 502, 503 and 504.
    case tokenDown = "token-down"
    /// For a while the Accounting API answers 200 with bytes that are no answer.
    case apiGarbage = "api-garbage"
    /// For a while the Accounting API answers 200 with a web page.
    case apiHTML = "api-html"
    /// For a while the Accounting API answers 429.
    case apiThrottled = "api-throttled"
    /// For a while a gateway before the Accounting API refuses calls as too large: 413 and a web page.
    case apiTooLarge = "api-too-large"
    /// For a while the Accounting API answers 500, 502, 503 and 504.
    case apiDown = "api-down"

    /// A few words for a button.
    public var title: String {
        switch self {
        case .loseNextRefreshAnswer: "Lose the answer to the next refresh"
        case .rotateNow: "Rotate the refresh token now"
        case .revoke: "Revoke"
        case .expireIdle: "Expire as unused"
        case .expireHard: "Expire at the hard limit"
        case .removeUser: "Remove the user from the company"
        case .suspendCompany: "Suspend the company's subscription"
        case .rotateSecret: "Rotate the client secret"
        case .tokenGarbage: "Token endpoint: garbage"
        case .tokenHTML: "Token endpoint: a web page"
        case .tokenThrottled: "Token endpoint: 429"
        case .tokenDown: "Token endpoint: 5xx"
        case .apiGarbage: "Accounting API: garbage"
        case .apiHTML: "Accounting API: a web page"
        case .apiThrottled: "Accounting API: 429"
        case .apiTooLarge: "Accounting API: 413"
        case .apiDown: "Accounting API: 5xx"
        }
    }

    /// What it does, in a sentence, and what ends it.
    public var effect: String {
        switch self {
        case .loseNextRefreshAnswer:
            "The next refresh is carried out and gives a new refresh token; then the connection is cut, or stays "
                + "silent for the seconds given and is cut then. Without an overlap the app has lost its token."
        case .rotateNow:
            "A new refresh token is made that the app doesn't know, as if a second copy of the token had been "
                + "refreshed elsewhere. The old one works for the overlap, if there is one."
        case .revoke:
            "All tokens end, as when somebody presses Disconnect in QuickBooks. The app is told nothing. "
                + "Only a new consent helps."
        case .expireIdle:
            "The refresh token counts as unused for 101 days. Only a new consent helps."
        case .expireHard:
            "The consent counts as five years old. Only a new consent helps."
        case .removeUser:
            "Refreshes are answered with user_not_in_realm until the user is restored (restore-user)."
        case .suspendCompany:
            "Writes are answered with fault 6190 until it is resumed (resume-company); reads go on."
        case .rotateSecret:
            "The app's Client Secret no longer works, unless the previous one is kept beside it. The new one is "
                + "shown with the app's keys."
        case .tokenGarbage, .apiGarbage:
            "\(forAWhile) answers 200 with meaningless bytes, and carries nothing out."
        case .tokenHTML, .apiHTML:
            "\(forAWhile) answers 200 with a web page, as a captive portal does, and carries nothing out."
        case .tokenThrottled, .apiThrottled:
            "\(forAWhile) answers 429, with XML, HTML or no body, and carries nothing out."
        case .apiTooLarge:
            "\(forAWhile) answers 413 with a gateway's web page, to every call or to those with a body of more bytes "
                + "than given, and carries none of these out."
        case .tokenDown, .apiDown:
            "\(forAWhile) answers 500, 502, 503 and 504 in turn, and carries nothing out."
        }
    }

    private var forAWhile: String {
        "For the time given (five minutes by default), or until All well is pressed (all-well), "
            + (outage?.endpoint == .token ? "the token endpoint" : "the Accounting API")
    }

    /// Which service fails, and how; nil where only one connection is broken.
    var outage: (kind: OutageKind, endpoint: Outages.Endpoint)? {
        switch self {
        case .tokenGarbage: (.garbage, .token)
        case .tokenHTML: (.html, .token)
        case .tokenThrottled: (.throttled, .token)
        case .tokenDown: (.down, .token)
        case .apiGarbage: (.garbage, .api)
        case .apiHTML: (.html, .api)
        case .apiThrottled: (.throttled, .api)
        case .apiTooLarge: (.tooLarge, .api)
        case .apiDown: (.down, .api)
        default: nil
        }
    }
}

/// A way to mend what ``SandboxBreakage`` broke, where that is possible without a new consent.
public enum SandboxMending: String, Sendable, Hashable, CaseIterable {
    /// Users who were removed from the company are members again, in their former roles.
    case restoreUser = "restore-user"
    /// The company's subscription is in order again.
    case resumeCompany = "resume-company"
    /// Everything that can be mended is: users, subscriptions, apps, outages, mishaps, answers to be lost.
    case allWell = "all-well"

    /// A few words for a button.
    public var title: String {
        switch self {
        case .restoreUser: "Restore the user"
        case .resumeCompany: "Resume the company's subscription"
        case .allWell: "All well"
        }
    }

    /// What it does, in a sentence.
    public var effect: String {
        switch self {
        case .restoreUser: "Everybody who was removed from the company is a member again, in the former role."
        case .resumeCompany: "The company's subscription is in order again."
        case .allWell:
            "Users and subscriptions are restored, apps are allowed, and outages, mishaps and answers to be lost "
                + "end. What was revoked, expired or rotated stays so."
        }
    }
}
