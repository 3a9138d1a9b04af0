// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import QuickBooks

/// The fields of a journal entry that tell whether it is ours.
///
/// A part that can't be read is left out: one strange entry must not hide the others on its page.
struct SoughtJournalEntry: SoughtDocument {
    static let entityName = JournalEntry.entityName

    let id: String?
    let syncToken: String?
    private let docNumber: String?
    private let txnDate: LedgerDate?
    private let privateNote: String?
    private let debits: Decimal?
    private let metadata: Metadata?

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case syncToken = "SyncToken"
        case docNumber = "DocNumber"
        case txnDate = "TxnDate"
        case privateNote = "PrivateNote"
        case lines = "Line"
        case metadata = "MetaData"
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        id = Self.part(members, .id) ?? (Self.part(members, .id) as Int64?).map { String($0) }
        syncToken = Self.part(members, .syncToken)
        docNumber = Self.part(members, .docNumber)
        txnDate = Self.part(members, .txnDate)
        privateNote = Self.part(members, .privateNote)
        metadata = Self.part(members, .metadata)
        let lines: [QuickBooks.JournalLine]? = Self.part(members, .lines)
        debits = lines.map { lines in
            lines.filter { $0.detail?.postingType == .debit }.compactMap(\.amount).reduce(0, +)
        }
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encodeIfPresent(id, forKey: .id)
    }

    private static func part<Value: Decodable>(
        _ members: KeyedDecodingContainer<CodingKeys>, _ key: CodingKeys
    ) -> Value? {
        // A part that can't be read counts as missing.
        (try? members.decodeIfPresent(Value.self, forKey: key)) ?? nil
    }

    var found: FoundDocument? {
        guard let id else { return nil }
        return FoundDocument(
            kind: .journalEntry, documentID: id, syncToken: syncToken, number: docNumber ?? "",
            date: txnDate.flatMap(CalendarDate.init), total: debits, note: privateNote ?? "")
    }

    func marked(ahead: TimeInterval) -> MarkedDocument? {
        guard let id, let export = Export.ID.marked(by: privateNote ?? ""), docNumber?.hasPrefix("TEST-") != true else {
            return nil
        }
        return MarkedDocument(
            kind: .journalEntry, exportID: export, documentID: id, number: docNumber ?? "",
            createdAt: createdAt?.addingTimeInterval(-ahead))
    }

    /// Nil also when it can't be read.
    private var createdAt: Date? { metadata?.createTime.flatMap { try? Date($0, strategy: .iso8601) } }
}
