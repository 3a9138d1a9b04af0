// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Receives what happens in the core, which logs nothing itself.
package protocol LogEventSink: Sendable {
    func emit(_ event: LogEvent)
}

/// Something worth a line in the log or a count in the metrics.
///
/// It holds ids, never names or secrets.
package enum LogEvent: Sendable, Equatable {
    case recorded(transactions: Int)
    /// Somebody was let in.
    case signedIn(person: Person.ID, by: SignInFactor)
    /// Somebody made a fresh sign-in.
    case signedInAgain(person: Person.ID, by: SignInFactor)
    case signedOut(person: Person.ID)
    /// Somebody was not let in, failed at a fresh sign-in, had to wait, or had a link that is no longer good; the name
    /// that was typed is not logged.
    case signInRefused(source: String)
    /// A program was not let in by its key, or a command by its token.
    case keyRefused(source: String)
    /// Somebody had no right to a verb; `person` and `key` are nil for somebody who is not signed in.
    case notAllowed(verb: Desk.Verb, person: Person.ID?, key: Int64?)
    /// Somebody did something at a desk.
    case acted(Act.Name, by: ActorNumber, on: Act.Subject)
    case leaseTaken(connection: Connection.ID, generation: Int64)
    case leaseLost(connection: Connection.ID)
    /// An envelope was answered; `envelope` is its `requestid`.
    case sent(connection: Connection.ID, exports: [Int64], envelope: String, intuitTID: String?)
    case settled(export: Int64, state: ExportState.Name)
    /// An envelope was not answered with certainty; `envelope` is its `requestid`.
    case outcomeUnknown(connection: Connection.ID, exports: [Int64], envelope: String, reason: String)
    case looked(connection: Connection.ID, documents: Int, found: Int)
    case lookFailed(connection: Connection.ID, documents: Int, reason: String)
    /// An export has two documents in QuickBooks.
    case doubleFound(connection: Connection.ID, export: Int64)
    /// After an unanswered envelope nothing goes to the company until it is looked up.
    case sendingStopped(connection: Connection.ID)
    case sendingResumed(connection: Connection.ID)
    case unreachable(connection: Connection.ID, reason: String)
    case throttled(connection: Connection.ID)
    case refreshed(connection: Connection.ID, rotated: Bool, intuitTID: String?)
    case refreshFailed(connection: Connection.ID, cause: ConnectionTrouble.Cause, intuitTID: String?)
    /// The database was noticed to be older than what was done last.
    case restoredCopy(CopyNotice)
    /// Another copy of the data posts the same documents; `doubles` are the ids of those booked more than once, by
    /// export.
    case postingStopped(connection: Connection.ID, doubles: [[String]])
    /// A connection can't be used from now on, and its page says so.
    case troubled(connection: Connection.ID, cause: ConnectionTrouble.Cause, intuitTID: String?)
    /// Another program seems to use the same refresh token.
    case secondCopy(connection: Connection.ID)
    /// People are to be told of something about a connection, or that it is over.
    case warned(connection: Connection.ID, subject: ConnectionWarning.Subject, isAllClear: Bool)
    /// An attempt to tell them; `next` is when it is tried again.
    case delivery(
        kind: Notifier.Kind, notifier: Notifier.ID, id: Delivery.ID, outcome: DeliveryOutcome, next: Date?)
    /// A write to the database, the journal or the disk failed.
    case storageTrouble(reason: String)
    /// An environment's discovery document can't be read or isn't trusted; the text says why.
    case discovery(environment: Environment.Name, text: String)
    /// Nothing can be written from now on, or writing works again.
    case storageCondition(StorageTrouble?)
}

/// An actor by number, as the log names one.
package enum ActorNumber: Sendable, Equatable {
    case person(Int64)
    case key(Int64)
    case command
    /// Somebody on this machine, before anybody had signed up.
    case anybody
    case system

    package init(_ actor: Actor) {
        self =
            switch actor {
            case .person(let principal): .person(principal.id)
            case .key(let principal): .key(principal.id)
            case .command: .command
            case .anybody: .anybody
            case .system: .system
            }
    }
}
