// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A small file beside the database into which every token answer goes, sealed and synced, before it is read.
///
/// A restored database must not bring back yesterday's token.
package protocol TokenJournal: Sendable {
    /// Returns only once the record is on disk.
    func append(_ record: TokenJournalRecord) async throws

    /// All records of a connection that can be read, oldest first. A torn last record is left out.
    func records(of connection: Connection.ID) async throws -> [TokenJournalRecord]

    /// The outline of a connection's records, without reading them again.
    func outline(of connection: Connection.ID) async throws -> TokenJournalOutline
}

package enum TokenJournalRecord: Sendable, Equatable {
    /// A token call is about to be made; `generation` is the one its answer would become.
    case intent(connection: Connection.ID, generation: Int64, at: Date)
    /// The answer to a refresh, unread.
    case answer(connection: Connection.ID, generation: Int64, at: Date, answer: RawTokenAnswer)
    /// The answer to a new consent or a pasted token, unread, with what it takes to use it.
    case adoption(
        connection: Connection.ID, generation: Int64, at: Date, realmID: String, clientID: String,
        pastedToken: Secret?, answer: RawTokenAnswer)
    /// The answer is in the database and needs no second look.
    case applied(connection: Connection.ID, generation: Int64)
    /// The call is known to have brought nothing: Intuit refused it, it was never made, or its answer was for
    /// another company or was given up. Unlike what was applied, it is of no use to a restored database.
    case refused(connection: Connection.ID, generation: Int64)

    package var connection: Connection.ID {
        switch self {
        case .intent(let connection, _, _), .answer(let connection, _, _, _),
            .adoption(let connection, _, _, _, _, _, _), .applied(let connection, _), .refused(let connection, _):
            connection
        }
    }

    package var generation: Int64 {
        switch self {
        case .intent(_, let generation, _), .answer(_, let generation, _, _),
            .adoption(_, let generation, _, _, _, _, _), .applied(_, let generation), .refused(_, let generation):
            generation
        }
    }
}
