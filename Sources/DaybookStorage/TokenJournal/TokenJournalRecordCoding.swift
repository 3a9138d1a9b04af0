// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A journal record as JSON inside the seal.
struct TokenJournalRecordCoding: Codable {
    private enum Kind: String, Codable {
        case intent, answer, adoption, applied, refused
    }

    private var kind: Kind
    private var at: Int64?
    private var status: Int?
    private var body: Data?
    private var intuitTID: String?
    private var realmID: String?
    private var clientID: String?
    private var pastedToken: String?

    init(_ record: TokenJournalRecord) {
        switch record {
        case .intent(_, _, let at):
            kind = .intent
            self.at = at.milliseconds
        case .answer(_, _, let at, let answer):
            kind = .answer
            keep(answer, at: at)
        case .adoption(_, _, let at, let realmID, let clientID, let pastedToken, let answer):
            kind = .adoption
            keep(answer, at: at)
            self.realmID = realmID
            self.clientID = clientID
            self.pastedToken = pastedToken?.reveal()
        case .applied: kind = .applied
        case .refused: kind = .refused
        }
    }

    private mutating func keep(_ answer: RawTokenAnswer, at: Date) {
        self.at = at.milliseconds
        status = answer.status
        body = Data(answer.body)
        intuitTID = answer.intuitTID
    }

    func record(connection: Connection.ID, generation: Int64) throws(TokenJournalFailure) -> TokenJournalRecord {
        switch kind {
        case .applied: return .applied(connection: connection, generation: generation)
        case .refused: return .refused(connection: connection, generation: generation)
        case .intent: return .intent(connection: connection, generation: generation, at: try time())
        case .answer:
            return .answer(connection: connection, generation: generation, at: try time(), answer: try answer())
        case .adoption:
            guard let realmID, let clientID else { throw .recordUnreadable }
            return .adoption(
                connection: connection, generation: generation, at: try time(), realmID: realmID, clientID: clientID,
                pastedToken: pastedToken.map(Secret.init), answer: try answer())
        }
    }

    private func time() throws(TokenJournalFailure) -> Date {
        guard let at else { throw .recordUnreadable }
        return Date(milliseconds: at)
    }

    private func answer() throws(TokenJournalFailure) -> RawTokenAnswer {
        guard let status, let body else { throw .recordUnreadable }
        return RawTokenAnswer(status: status, body: [UInt8](body), intuitTID: intuitTID)
    }
}

extension TokenJournalFrame {
    init(_ record: TokenJournalRecord, sealer: Sealer) throws {
        connection = record.connection.value
        generation = record.generation
        let json = try JSONEncoder().encode(TokenJournalRecordCoding(record))
        payload = try sealer.seal([UInt8](json), in: Self.context(connection, generation))
    }

    /// The id of the key that it is sealed under.
    var keyID: String? { DataKey.id(in: payload) }

    /// The same record under the current key.
    func sealed(by sealer: Sealer) throws -> TokenJournalFrame {
        guard keyID != sealer.keyID else { return self }
        let place = Self.context(connection, generation)
        return TokenJournalFrame(
            connection: connection, generation: generation,
            payload: try sealer.seal(try sealer.open(payload, in: place), in: place))
    }

    func record(sealer: Sealer) throws -> TokenJournalRecord {
        let json: [UInt8]
        do {
            json = try sealer.open(payload, in: Self.context(connection, generation))
        } catch {
            throw TokenJournalFailure.otherKey
        }
        let coding: TokenJournalRecordCoding
        do {
            coding = try JSONDecoder().decode(TokenJournalRecordCoding.self, from: Data(json))
        } catch {
            throw TokenJournalFailure.recordUnreadable
        }
        return try coding.record(connection: Connection.ID(connection), generation: generation)
    }

    private static func context(_ connection: Int64, _ generation: Int64) -> SealContext {
        SealContext(
            table: "tokens.journal", row: String(connection), column: "record", generation: generation)
    }
}
