// SPDX-License-Identifier: Apache-2.0

/// What happens while a consent or a pasted token is compared with the connections there are, before it is tried.
enum ScreeningEvent: Sendable, Equatable {
    /// A person brought it.
    case brought(Newcomer, to: Connection.ID)
    /// What the journal had was put into the database.
    case recovered
    /// The connections there are, the one in question included.
    case compared([KnownConnection])
    /// Intuit answered to the code.
    case answered(ScreenedAnswer)
    /// Intuit gave no answer.
    case unanswered
    /// The call was not carried out to its end, because the keeper stops.
    case stopped
    /// The company's name as QuickBooks tells it; nil when it does not.
    case company(Company?)
    /// Whether Intuit ended the consent.
    case ended(Bool)
}

/// What the token keeper is to do next.
///
/// An action whose outcome the machine waits for is the last of its list; its outcome comes back as an event.
enum ScreeningAction: Sendable, Equatable {
    /// Take over what the journal has and the database doesn't. Answers ``ScreeningEvent/recovered``.
    case recover
    /// Read the connections there are. Answers ``ScreeningEvent/compared(_:)``.
    case compare
    /// Use the code up. Answers with the answer, or that there was none.
    case ask
    /// Write down that the call under this number brought nothing.
    case markRefused(Int64)
    /// Remember which of the app's secrets Intuit accepted.
    case noteSecret
    /// Ask for the company's name. Answers ``ScreeningEvent/company(_:)``.
    case readCompany(App, Secret)
    /// Ask Intuit to end the consent. Answers ``ScreeningEvent/ended(_:)``.
    case revoke(App, Secret)
    /// It may be tried.
    case pass
    /// It is not tried, and the person is told why.
    case refuse(RefusedNewcomer)
    /// The keeper stops before more is known.
    case stop
}

/// A consent or a pasted token that a person brings to a connection.
struct Newcomer: Sendable, Equatable {
    let realmID: String
    /// Nil for a consent.
    let pastedToken: Secret?
}

/// What is known here of a connection, the one in question included.
struct KnownConnection: Sendable, Equatable {
    let id: Connection.ID
    var company: Company?
    /// The company that waits for a person to confirm it.
    var proposed: Company?
    /// Whether a consent or pasted token waits in its journal to be tried.
    var hasUnfinishedAdoption = false
    /// Nil unless it is connected.
    var held: ActiveConnection?
}

/// Intuit's answer to the code of a consent for another company.
struct ScreenedAnswer: Sendable, Equatable {
    /// The number under which the journal has it.
    let generation: Int64
    /// Nil when it is no grant.
    let pair: TokenPair?
    /// The app; the secret that Intuit accepted comes first.
    let app: App
    let tid: String?
}

/// Why a consent or a pasted token is not tried.
enum RefusedNewcomer: Sendable, Equatable {
    /// It is for another company.
    case otherCompany(OtherCompany)
    /// Another connection uses the pasted token.
    case othersToken(ActiveConnection)
}

/// The company that a consent or token is for, as far as it is known.
struct OtherCompany: Sendable, Equatable {
    /// The connection's own company.
    let own: Company
    var company: Company?
    var tid: String?
    /// Whether the new consent goes on at Intuit, because it could not be ended.
    var remainsAtIntuit = false
}
