// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What happens while a consent or a pasted token is tried.
enum AdoptionEvent: Sendable, Equatable {
    /// A trial begins: Intuit is to be asked with it.
    case askWanted(AdoptionRequest)
    /// Intuit's answer waited in the journal; the company is to be tried with it.
    case answerWaited(Adoption, AdoptionAnswer, App)
    /// The connection as it is stored now.
    case read(AdoptionGround)
    /// Intuit answered, and the answer is in the journal under this number; of the app's secrets, the one that was used
    /// comes first.
    case answered(Int64, AdoptionAnswer, App)
    case unanswered(TokenCallFailure)
    /// The call was not carried out to its end, because the keeper stops.
    case stopped
    /// Whether the grant replaced the connection's; false when another had been stored meanwhile.
    case stored(Bool)
    /// What was to be written down is written down.
    case written
    /// What QuickBooks says of the company.
    case company(LedgerAnswer<Company>)
    /// The database has the grant, or the proposal of the company.
    case installed
    /// Meanwhile another connection got the company.
    case taken(by: Connection.ID)
}

/// What the token keeper is to do next.
///
/// An action whose outcome the machine waits for is the last of its list; its outcome comes back as an event.
enum AdoptionAction: Sendable, Equatable {
    /// Read the connection anew. Answers ``AdoptionEvent/read(_:)``.
    case read
    /// Ask Intuit. Answers with the answer, or why there was none.
    ///
    /// - isOwn: Whether Intuit is asked with the connection's own refresh token, so that a lost answer leaves that
    ///   token in doubt.
    case ask(AdoptionRequest, isOwn: Bool)
    /// Remember which of the app's secrets Intuit took.
    case noteSecret
    /// Write down that the answer under this number is given up.
    case markRefused(Int64)
    /// Write down that the answer under this number is in the database.
    case markApplied(Int64)
    /// Replace the grant of this number by the next one. Answers ``AdoptionEvent/stored(_:)``.
    case rotate(from: Int64, to: Grant, ConnectionNote.Kind, tid: String?)
    /// Keep the keys, for this connection if any.
    case saveApp(App, for: Connection.ID?)
    /// Ask for the company. Answers ``AdoptionEvent/company(_:)``.
    case readCompany(App, Secret, realmID: String)
    /// Store the grant as the connection's. Answers ``AdoptionEvent/installed`` or ``AdoptionEvent/taken(by:)``.
    case install(Grant, Company, App, tid: String?)
    /// Keep the grant until a person has confirmed the company. Answers ``AdoptionEvent/installed``.
    case propose(Grant, Company, App, tid: String?)
    /// Give up every consent and pasted token that waits in the journal under a lower number.
    case giveUpAdoptions(before: Int64)
    /// Try again what failed without this app's keys.
    case announceKeys(App.Key)
    /// Report that the actions before this one are done. Answers ``AdoptionEvent/written``.
    case reportWritten
    case finish(AdoptionEnd)
}

/// What Intuit is asked with.
struct AdoptionRequest: Sendable, Equatable {
    let connection: Connection.ID
    let request: TokenRequest
    let app: App
    let realmID: String
}

/// Intuit's answer to a consent's code or a pasted token, and what it says.
struct AdoptionAnswer: Sendable, Equatable {
    let verdict: TokenVerdict
    /// Intuit's own word for a refusal.
    let reason: String?
    let tid: String?
    /// Whether a new grant may be lost with it, if it can't be used.
    let mayHideAGrant: Bool
}

/// The connection that a consent or pasted token is tried on.
struct AdoptionGround: Sendable, Equatable {
    /// Nil unless it is connected.
    var held: ActiveConnection?
    /// As stored.
    var grant: Grant?
    var company: Company?
    /// The connection's app.
    var app: App?
    /// All keys that are kept.
    var apps: [App] = []
}

/// The outcome of trying a consent or a pasted token.
enum AdoptionEnd: Sendable, Equatable {
    case adopted(Adopted)
    /// Intuit took it, but the company could not be read; the answer waits in the journal.
    case pending(tid: String?)
    case refused(AdoptionRefused)
    /// The keeper stops.
    case stopped
}
