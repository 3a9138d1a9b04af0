// SPDX-License-Identifier: Apache-2.0
public import Foundation

/// One line of a journal entry.
///
/// The amount is never negative; the side is in the detail.
public struct JournalLine: Codable, Sendable, Hashable {
    /// The line's id within its entry; read only.
    public var id: String?
    /// Its place, from 1.
    public var lineNum: Int?
    /// Free text, at most 4000 characters.
    public var description: String?
    /// Not negative, two decimals in the home currency.
    public var amount: Decimal?
    /// `JournalEntryLineDetail`, or `DescriptionOnly`, which has no amount.
    public var detailType: String?
    /// Side and account.
    public var detail: JournalLineDetail?

    /// Puts the fields together; what isn't given isn't sent.
    public init(
        id: String? = nil, lineNum: Int? = nil, description: String? = nil, amount: Decimal? = nil,
        detailType: String? = nil, detail: JournalLineDetail? = nil
    ) {
        self.id = id
        self.lineNum = lineNum
        self.description = description
        self.amount = amount
        self.detailType = detailType
        self.detail = detail
    }

    enum CodingKeys: String, CodingKey {
        case id = "Id"
        case lineNum = "LineNum"
        case description = "Description"
        case amount = "Amount"
        case detailType = "DetailType"
        case detail = "JournalEntryLineDetail"
    }
}
