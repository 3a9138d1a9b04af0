// SPDX-License-Identifier: Apache-2.0

/// What a person is told when a consent or a pasted token did not become the grant, and what the history keeps.
///
/// The history is readable, so it has no Realm ID.
struct AdoptionWords {
    let isPaste: Bool

    private static let stays = "The stored connection stays as it was."

    /// The way to try once more: a consent's answer can be used once only.
    private var again: String { isPaste ? "Try again" : "Press Connect to QuickBooks again" }

    private var what: String { isPaste ? "a pasted refresh token" : "a consent" }

    var stopping: Desk.Refused {
        .init("Daybook is being stopped; nothing was changed. \(again) in a minute, once it runs again.")
    }

    var pending: Desk.Refused {
        .init(
            """
            Intuit accepted this, but the company can't be read just now. Daybook keeps it sealed and tries \
            again by itself; look at the connection in a minute.
            """)
    }

    var pendingNote: String { "Intuit took \(what); the company can't be read yet, and is tried again by itself" }

    static let interrupted = AdoptionRefused(
        words: .init("Daybook was interrupted while it tried this. \(stays) Try again."),
        note: "The trial of a consent or a pasted refresh token was interrupted", tid: nil, isFinal: false)

    func unreachable(_ failure: TokenCallFailure) -> AdoptionRefused {
        AdoptionRefused(
            words: .init("Intuit can't be reached just now (\(failure.reason)); nothing was changed. \(again)."),
            note: "Intuit gave no answer to \(what): \(failure.reason)", tid: nil, isFinal: false)
    }

    func noRefreshToken(tid: String?) -> AdoptionRefused {
        AdoptionRefused(
            words: .init("Intuit's answer holds no refresh token; nothing was changed. \(again)."),
            note: "Intuit's answer to \(what) held no refresh token", tid: tid)
    }

    func taken(_ company: Company, by other: Connection.ID, tid: String?) -> AdoptionRefused {
        AdoptionRefused(
            words: .init(
                """
                \(company.name) (Realm ID \(company.realmID)) was connected meanwhile, as connection \(other.value), \
                and a company has one connection. Use that connection; nothing more needs to be done here.
                """),
            note: "Intuit took \(what), but its company has connection \(other.value) by now",
            tid: tid)
    }

    /// - Parameter reason: Intuit's own word, for the history.
    func refusal(_ verdict: TokenVerdict, reason: String?, tid: String?) -> AdoptionRefused {
        guard case .refused(let refusal) = verdict else {
            return AdoptionRefused(
                words: .init("Intuit gives no usable answer just now; nothing was changed. \(again) in a minute."),
                note: "Intuit gave no usable answer to \(what)", tid: tid, isFinal: false)
        }
        let note = "Intuit refused \(what): \(refusal.code)".saying(reason)
        return AdoptionRefused(words: .init("\(words(for: refusal)) \(Self.stays)"), note: note, tid: tid)
    }

    private func words(for refusal: TokenRefusal) -> String {
        switch refusal {
        case .invalidClient:
            "Intuit does not know this pair of Client ID and Client Secret. Copy both again from the app's keys."
        case .invalidGrant(reason: "user_not_in_realm"):
            """
            The person who gave this consent at Intuit is no longer a user of the QuickBooks company. Sign in there \
            as an administrator of the company, and \
            \(isPaste ? "get a new refresh token at step 4 of the Playground" : "press Connect to QuickBooks again").
            """
        case .invalidGrant where isPaste:
            """
            Intuit does not accept this refresh token: it is used up, expired, or belongs to another app's keys. Get \
            a new one at step 4 of the Playground, or press Connect to QuickBooks.
            """
        case .invalidGrant:
            "Intuit does not accept this consent any more. Press Connect to QuickBooks again."
        case .other(let error): Self.words(forApp: error) + " \(again) then."
        }
    }

    /// What a person is told when the fault is the app's, and not the token's or the consent's.
    static func words(forApp error: String) -> String {
        switch error {
        case "unauthorized_client":
            """
            Intuit does not let this app connect (unauthorized_client). Check at developer.intuit.com that the app is \
            active and that its keys are released for use.
            """
        case "invalid_scope":
            """
            The app may not ask for the books (invalid_scope). Enable the scope com.intuit.quickbooks.accounting for \
            it at developer.intuit.com.
            """
        default: "Intuit refused what Daybook asked (\(error)). Compare the app's keys and settings at Intuit."
        }
    }
}

extension AdoptionWords {
    /// What is said when QuickBooks refused the company; nil when the answer is no refusal.
    ///
    /// - Parameter own: The connection's company if it has one, to be named; a token does not tell its company.
    func companyRefusal(_ answer: LedgerAnswer<Company>, realmID: String, own: Company?) -> AdoptionRefused? {
        let name = own.map { "\($0.name) (Realm ID \($0.realmID))" } ?? "the company with the Realm ID \(realmID)"
        let noted = own?.name ?? "the company that was asked for"
        switch answer {
        case .notExecuted(.forbidden(let tid)):
            return AdoptionRefused(
                words: .init(
                    """
                    The token works, but not for \(name): QuickBooks does not let it in (its answer was 3100). Check \
                    the Realm ID, and that the keys fit the company: development keys open sandbox companies only, \
                    production keys real ones only. \(Self.stays)
                    """),
                note: "Intuit took \(what), but QuickBooks refused it for \(noted) (3100)", tid: tid)
        case .notExecuted(.unauthorized(let tid)):
            return AdoptionRefused(
                words: .init(
                    """
                    The token works, but not for \(name). Check the Realm ID, and that the keys and the company are \
                    both production or both sandbox. \(Self.stays)
                    """),
                note: "Intuit took \(what), but QuickBooks refused it for \(noted) (401)", tid: tid)
        case .answer, .notExecuted, .failed: return nil
        }
    }
}

extension TokenRefusal {
    /// RFC 6749's word for it.
    var code: String {
        switch self {
        case .invalidGrant: "invalid_grant"
        case .invalidClient: "invalid_client"
        case .other(let error): error
        }
    }
}

extension String {
    /// The text with Intuit's own word for a refusal, if it gave one.
    func saying(_ reason: String?) -> String { reason.map { "\(self) (x_error_reason: \($0))" } ?? self }
}
