// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What the core asks of a database to find out whether it is a restored copy.
///
/// Its verbs are like ``Storage``'s: each is atomic, durable when it returns, and has no outside effect.
package protocol CopyStorage: Sendable {
    /// Stores a notice that the database is a restored copy.
    func notice(_ copy: CopyNotice, at: Date) async throws

    /// The latest notice that concerns a company; nil when there is none.
    func restoredCopy(of connection: Connection.ID) async throws -> RestoredCopy?

    /// From when on QuickBooks may hold documents of this company that the database does not know: its last sending;
    /// without any, the first line of the connection's history; nil when there is neither.
    func surveySince(_ connection: Connection.ID) async throws -> Date?

    /// The stores that have posted, or are assigned, to a company.
    func storesPosting(to connection: Connection.ID) async throws -> Set<StoreNumber>

    /// Stores, each once, documents of which no export of the company is known, and since when they may exist.
    func keep(
        unknown documents: [MarkedDocument], createdSince: Date, on connection: Connection.ID, at: Date
    ) async throws

    /// Stops posting to a company and writes down with it, in one commit, the notice and the documents that the
    /// explanation names by their ids; a stop that is there already stays as it is.
    func stopPosting(
        _ stop: PostingStop, on connection: Connection.ID, notice: CopyNotice, told documents: [String]
    ) async throws

    /// The ids of a company's documents that a person was told of.
    func toldDocuments(on connection: Connection.ID) async throws -> Set<String>

    /// Why nothing is posted to a company any more; nil while posting goes on.
    func postingStop(of connection: Connection.ID) async throws -> PostingStop?

    /// Lets posting go on at every company where it is stopped, as a person asked.
    func resumePosting(by actor: Actor, at: Date) async throws

    /// The export ids of all unknown documents of a company.
    func unknownDocuments(on connection: Connection.ID) async throws -> Set<Export.ID>
}

/// A new notice that the database is a restored copy.
package struct CopyNotice: Sendable, Equatable {
    /// Nil for every company.
    package let connection: Connection.ID?
    package let sign: RestoredCopy.Sign
    package let missingEnvelopes: Int64?
    /// How many documents show it.
    package let unknownDocuments: Int

    package init(
        connection: Connection.ID? = nil, sign: RestoredCopy.Sign, missingEnvelopes: Int64? = nil,
        unknownDocuments: Int = 0
    ) {
        self.connection = connection
        self.sign = sign
        self.missingEnvelopes = missingEnvelopes
        self.unknownDocuments = unknownDocuments
    }
}
