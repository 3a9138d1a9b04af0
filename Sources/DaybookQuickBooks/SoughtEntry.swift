// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import QuickBooks

/// As much of a journal entry as tells whether it is ours.
///
/// A part that can't be read is left out: one strange entry must not hide the others on its page.
struct SoughtEntry: QuickBooksEntity {
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
        // Unreadable is as good as not there.
        (try? members.decodeIfPresent(Value.self, forKey: key)) ?? nil
    }

    /// Nil for an entry without an id.
    var found: FoundDocument? {
        guard let id else { return nil }
        return FoundDocument(
            documentID: id, syncToken: syncToken, number: docNumber ?? "",
            date: txnDate.flatMap(CalendarDate.init), total: debits, note: privateNote ?? "")
    }

    /// Nil for an entry without a marker of ours, and for the trial entry of Test connection.
    ///
    /// - Parameter ahead: How many seconds QuickBooks' clock is ahead of this computer's, in whose time it is told.
    func marked(ahead: TimeInterval) -> MarkedDocument? {
        guard let id, let export = Export.ID.marked(by: privateNote ?? ""), docNumber?.hasPrefix("TEST-") != true else {
            return nil
        }
        return MarkedDocument(
            exportID: export, documentID: id, number: docNumber ?? "", createdAt: createdAt?.addingTimeInterval(-ahead))
    }

    /// What can't be read is as good as not there.
    private var createdAt: Date? { metadata?.createTime.flatMap { try? Date($0, strategy: .iso8601) } }
}

extension QueryPage<SoughtEntry> {
    /// The entries of a page from which absence may be concluded.
    ///
    /// Some have seen `maxResults` one off, so a difference of one proves nothing where there are entries.
    ///
    /// - Throws: ``PageIncomplete`` when QuickBooks says that it returned more than can be read, or an entry has no id.
    func whole() throws(PageIncomplete) -> [SoughtEntry] {
        let told = maxResults ?? items.count
        let isShort = items.isEmpty ? told > 0 : told > items.count + 1
        guard !isShort, items.allSatisfy({ $0.id != nil }) else { throw PageIncomplete() }
        return items
    }
}

/// A page of entries of which some could not be read.
struct PageIncomplete: Error, CustomStringConvertible {
    var description: String { "QuickBooks' answer lacks some of the journal entries that it counts" }
}
