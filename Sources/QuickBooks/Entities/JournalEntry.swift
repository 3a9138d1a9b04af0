// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// A journal entry: lines whose debits equal their credits.
///
/// Source: Intuit's JournalEntry reference.
public struct JournalEntry: QuickBooksEntity {
    /// `JournalEntry`.
    public static let entityName = "JournalEntry"

    /// QuickBooks' id; nil before creation.
    public var id: String?
    /// The version, a number in a string.
    public var syncToken: String?
    /// When it was made and last changed.
    public var metadata: Metadata?
    /// The number shown, at most 21 characters.
    ///
    /// If it is left out, QuickBooks may give one of its own.
    public var docNumber: String?
    /// The day it counts for; if left out, today in Pacific time.
    public var txnDate: LedgerDate?
    /// The memo, at most 4000 characters.
    ///
    /// Can't be queried.
    public var privateNote: String?
    /// The currency, required in companies with several.
    public var currencyRef: Reference?
    /// Whether an accountant marked it as an adjustment.
    public var adjustment: Bool?
    /// At least one debit and one credit; QuickBooks slows down beyond a few hundred.
    public var lines: [JournalLine]

    /// Puts an entry together; what isn't given isn't sent.
    public init(
        id: String? = nil, syncToken: String? = nil, metadata: Metadata? = nil, docNumber: String? = nil,
        txnDate: LedgerDate? = nil, privateNote: String? = nil, currencyRef: Reference? = nil,
        adjustment: Bool? = nil, lines: [JournalLine]
    ) {
        self.id = id
        self.syncToken = syncToken
        self.metadata = metadata
        self.docNumber = docNumber
        self.txnDate = txnDate
        self.privateNote = privateNote
        self.currencyRef = currencyRef
        self.adjustment = adjustment
        self.lines = lines
    }

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case syncToken = "SyncToken"
        case metadata = "MetaData"
        case docNumber = "DocNumber"
        case txnDate = "TxnDate"
        case privateNote = "PrivateNote"
        case currencyRef = "CurrencyRef"
        case adjustment = "Adjustment"
        case lines = "Line"
    }

    /// Reads an entry; ``lines`` is empty if the JSON has none, as after a query that asks for some fields only.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decodeIfPresent(String.self, forKey: .id)
        syncToken = try fields.decodeIfPresent(String.self, forKey: .syncToken)
        metadata = try fields.decodeIfPresent(Metadata.self, forKey: .metadata)
        docNumber = try fields.decodeIfPresent(String.self, forKey: .docNumber)
        txnDate = try fields.decodeIfPresent(LedgerDate.self, forKey: .txnDate)
        privateNote = try fields.decodeIfPresent(String.self, forKey: .privateNote)
        currencyRef = try fields.decodeIfPresent(Reference.self, forKey: .currencyRef)
        adjustment = try fields.decodeIfPresent(Bool.self, forKey: .adjustment)
        lines = try fields.decodeIfPresent([JournalLine].self, forKey: .lines) ?? []
    }
}

extension JournalLine {
    /// A debit or credit of an account.
    public init(
        _ postingType: PostingType, _ amount: Decimal, account: Reference, entity: JournalLineEntity? = nil,
        classRef: Reference? = nil, departmentRef: Reference? = nil, description: String? = nil
    ) {
        self.init(
            description: description, amount: amount, detailType: "JournalEntryLineDetail",
            detail: JournalLineDetail(
                postingType: postingType, accountRef: account, entity: entity, classRef: classRef,
                departmentRef: departmentRef))
    }
}
