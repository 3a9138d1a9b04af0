// SPDX-License-Identifier: Apache-2.0

/// What the token keeper is to do next.
///
/// An action whose outcome the machine waits for is the last of its list; its outcome comes back as an event.
package enum TokenAction: Sendable, Equatable {
    /// Take over what the journal has and the database doesn't. Answers ``TokenEvent/recovered``.
    case recover
    /// Read the connection anew. Answers ``TokenEvent/read(_:)``.
    case read
    /// Ask Intuit with this refresh token. Answers with the answer, or why there was none.
    case ask(ActiveConnection, Secret)
    /// Write down that the call under this number brought nothing.
    case markRefused(Int64)
    /// Write down that the call under this number has no usable answer, and may have been carried out.
    case markUnanswered(Int64, mayHaveBeenExecuted: Bool)
    /// Write down that the answer under this number is in the database.
    case markApplied(Int64)
    /// Remember which of the app's secrets Intuit accepted.
    case noteSecret
    /// Replace the grant of this number by the next one. Answers ``TokenEvent/stored(_:)``.
    case rotate(from: Int64, to: Grant, ConnectionNote.Kind, String, tid: String?)
    /// Find out why the grant is dead, with a call to the company where the access token may still work. Answers
    /// ``TokenEvent/investigated(isLetIn:isRestored:)``.
    case investigate(ActiveConnection, tryingAccess: Bool)
    case note(ConnectionNote.Kind, String, tid: String?)
    case log(LogEvent)
    case setTrouble(ConnectionTrouble.Cause, generation: Int64, tid: String?)
    /// Put back a trouble that the storing of a grant cleared too early.
    case putBack(ConnectionTrouble, generation: Int64)
    case noteRestored(tid: String?)
    /// Say that somebody else changed the refresh token of this grant.
    case warnOfSecondCopy(SecondCopySign, after: Grant, tid: String?)
    /// Report that the actions before this one are done. Answers ``TokenEvent/written``.
    case reportWritten
    /// The refresh has come to its end.
    case finish(TokenAvailability)
}
