// SPDX-License-Identifier: Apache-2.0

/// Something that was written where others can read it.
struct Evidence {
    enum Kind: String {
        case output, errors, page, answer, header, setCookie, metrics, file
    }

    let kind: Kind
    /// Which: a command, a method and path, a file's name.
    let name: String
    let bytes: [UInt8]
}

/// A place where a secret rightly stands: to whom it belongs, and no further.
enum Rightly: CaseIterable {
    /// A form carries the token that shows it is ours.
    case formTokenInItsPage
    /// The way to Intuit has the state in it: the page with the link, and the answer to a program that shows it.
    case stateOnTheWayToIntuit
    /// A browser is given its cookie.
    case cookieInSetCookie
    /// A webhook's secret is shown once, to the person or program that adds the webhook.
    case webhookSecretWhenAdded

    func allows(_ canary: Canary, in evidence: Evidence) -> Bool {
        switch self {
        case .formTokenInItsPage: canary.kind == .formToken && evidence.kind == .page
        case .stateOnTheWayToIntuit:
            canary.kind == .state
                && (evidence.kind == .page && Self.ways.contains(evidence.name)
                    || evidence.kind == .answer && evidence.name == "POST /api/v1/consents"
                    || evidence.kind == .output && evidence.name == "daybook connection connect")
        case .cookieInSetCookie: canary.kind == .browserCookie && evidence.kind == .setCookie
        case .webhookSecretWhenAdded:
            canary.kind == .webhookSecret
                && (evidence.kind == .page && evidence.name == "POST /configuration/notifications"
                    || evidence.kind == .answer && evidence.name == "POST /api/v1/notifiers"
                    || evidence.kind == .output && evidence.name == "daybook notify add webhook -")
        }
    }

    private static let ways = ["POST /account-numbers/settings/connect", "POST /connections/1/connect"]
}
