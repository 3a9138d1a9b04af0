// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What happens while answers are taken over that reached the journal but not the database.
enum RecoveryEvent: Sendable, Equatable {
    case recoveryWanted
    /// The connection as it is stored, with its app, and the journal; nil when the journal holds nothing more.
    case read(Connection?, App?, TokenJournalReading?)
    /// The journal's newest grant is in the database, unless another had been stored meanwhile.
    case stored
    /// The connections and keys there are now, to try a waiting consent or pasted token with.
    case compared(AdoptionSurroundings)
    /// What became of it.
    case tried(AdoptionEnd)
    /// What was to be written down is written down.
    case written
}

/// What the token keeper is to do next.
///
/// An action whose outcome the machine waits for is the last of its list; its outcome comes back as an event.
enum RecoveryAction: Sendable, Equatable {
    /// Read database and journal. Answers ``RecoveryEvent/read(_:_:_:)``.
    case read
    /// Replace the grant of this number by the next one. Answers ``RecoveryEvent/stored``.
    case rotate(from: Int64, to: Grant, String, tid: String?)
    /// Write down that the answer under this number is in the database.
    case markApplied(Int64)
    /// Write down that the answer under this number is given up.
    case markRefused(Int64)
    /// Write the answer down once more, under this adoption's number.
    case journal(Adoption, RawTokenAnswer)
    /// Read the connections and keys there are now. Answers ``RecoveryEvent/compared(_:)``.
    case compare(Adoption)
    /// Try the company with the answer that waited. Answers ``RecoveryEvent/tried(_:)``.
    case tryAnswer(Adoption, RawTokenAnswer, App)
    /// Ask Intuit with the refresh token that waited, and try the company with the answer to that. Answers
    /// ``RecoveryEvent/tried(_:)``.
    case ask(Secret, Adoption, App)
    case note(ConnectionNote.Kind, String, tid: String?)
    /// Report that the actions before this one are done. Answers ``RecoveryEvent/written``.
    case reportWritten
    case finish
}

/// What a consent or pasted token that waited is compared with.
struct AdoptionSurroundings: Sendable, Equatable {
    let connections: [Connection]
    /// The app it is for; nil when its keys are not here any more.
    let app: App?
    /// The number that the connection's next answer gets.
    let nextGeneration: Int64
}
