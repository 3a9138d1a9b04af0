// SPDX-License-Identifier: Apache-2.0

/// What happens while a connection is ended: a person's request, or the outcome of an action.
enum EndingEvent: Sendable, Equatable {
    /// A person disconnects: Intuit is to be told.
    case disconnectWanted
    /// A person forgets the connection: Intuit is not to be told.
    case forgetWanted
    /// What the journal had was put into the database.
    case recovered
    /// The grants that Intuit may still hold were read.
    case gathered(GrantsAtIntuit)
    /// Intuit answered to the revocation of one token.
    case answered(RevokeVerdict)
    case unanswered(TokenCallFailure)
    /// The database has the connection without its tokens.
    case erased
}

/// What the token keeper is to do next to end a connection.
///
/// An action whose outcome the machine waits for is the last of its list; its outcome comes back as an event.
enum EndingAction: Sendable, Equatable {
    /// Put into the database what only the journal may have, such as the newest refresh token. Answers
    /// ``EndingEvent/recovered``.
    case recover
    /// Read the grants that Intuit may still hold. Answers ``EndingEvent/gathered(_:)``.
    case gather
    /// Ask Intuit to end the grant of this token. Answers with the answer, or why there was none.
    case revoke(Secret, App)
    /// Remember that Intuit accepted this app's secret.
    case noteSecret(App)
    /// Give up every consent and pasted token that waits in the journal.
    case giveUpAdoptions
    /// Erase the tokens here. Answers ``EndingEvent/erased``.
    case erase(Disconnected, tid: String?)
    case finish(Disconnected)
    /// Nothing is erased, and the person is told why.
    case refuse(Desk.Refused)
}

/// The grants of a connection that Intuit may still hold.
struct GrantsAtIntuit: Sendable, Equatable {
    /// As stored; nil without one.
    var grant: Grant?
    /// The connection's app.
    var app: App?
    /// Consents and pasted tokens that wait in the journal, with the apps they are for.
    var waiting: [Waiting] = []

    struct Waiting: Sendable, Equatable {
        let pair: TokenPair
        let pastedToken: Secret?
        let app: App
    }
}
