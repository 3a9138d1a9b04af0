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
    /// The business sees its customers and amounts on its pages and in its answers; the folder has them, nothing else.
    case businessDataForTheBusiness
    /// People who may see a connection see its company's number, and a person is told which company a token is not for;
    /// the log, the folder and backups have it nowhere.
    case realmIDToWhoeverMaySeeIt
    /// A browser is given its session.
    case sessionInSetCookie
    /// A link is shown once, to the person who gives it to somebody; the first one by the server. A browser keeps it in a
    /// cookie until the password is chosen.
    case linkWhenMade
    /// A seed is shown to the person who sets the app up, until a code of it was right.
    case seedWhileItIsSetUp
    /// Recovery codes are shown once.
    case recoveryCodesOnce
    /// A key is shown once, to the person who makes it.
    case keyWhenMade
    /// A form that was refused comes back with the name as it was typed, whatever it was.
    case nameAsTyped

    static let people: Set<Rightly> = [
        .sessionInSetCookie, .linkWhenMade, .seedWhileItIsSetUp, .recoveryCodesOnce, .keyWhenMade, .nameAsTyped,
    ]

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
        case .businessDataForTheBusiness:
            [.customer, .amount].contains(canary.kind) && [.page, .answer, .file, .output].contains(evidence.kind)
        case .realmIDToWhoeverMaySeeIt:
            canary.kind == .realmID
                && ([.page, .answer].contains(evidence.kind)
                    || [.output, .errors].contains(evidence.kind) && evidence.name != "daybook serve")
        default: allowsPeoples(canary, in: evidence)
        }
    }

    private func allowsPeoples(_ canary: Canary, in evidence: Evidence) -> Bool {
        let (kind, name) = (evidence.kind, evidence.name)
        return switch self {
        case .sessionInSetCookie: canary.kind == .session && kind == .setCookie
        case .linkWhenMade:
            canary.kind == .link
                && (kind == .page && (name == "POST /people" || name.hasSuffix("/link")) || kind == .setCookie
                    || kind == .output && (name == "daybook serve" || name.hasPrefix("daybook people"))
                    || kind == .file && name.hasPrefix("first-administrator.txt"))
        case .seedWhileItIsSetUp:
            canary.kind == .seed && kind == .page && name.hasSuffix(" /account/authenticator")
        case .recoveryCodesOnce:
            canary.kind == .recoveryCode && kind == .page && name == "POST /account/authenticator"
        case .keyWhenMade:
            canary.kind == .apiKey
                && (kind == .page && name == "POST /keys" || kind == .output && name.hasPrefix("daybook keys add"))
        case .nameAsTyped:
            canary.name.hasPrefix("a password as a name") && kind == .page
                && ["POST /sign-in", "POST /link"].contains(name)
        default: false
        }
    }

    private static let ways = ["POST /account-numbers/settings/connect", "POST /connections/1/connect"]
}
