// SPDX-License-Identifier: Apache-2.0

/// When a report counts income and expenses.
public enum ReportBasis: String, Sendable, Codable {
    /// By invoice date.
    case accrual = "Accrual"
    /// By payment date.
    case cash = "Cash"
}

/// A report as QuickBooks sends it: titled columns, and rows that may hold rows.
///
/// Columns are to be found by title or type, not by place; rows nest to any depth; an empty cell is
/// zero. That is what the reports service of 2026 asks of its readers.
public struct Report: Sendable, Equatable, Decodable {
    /// What the report is about.
    public struct Header: Sendable, Equatable, Decodable {
        /// The name, such as `TrialBalance`.
        public let name: String
        /// `Accrual` or `Cash`.
        public let basis: String?
        /// The first day.
        public let startPeriod: LedgerDate?
        /// The last day.
        public let endPeriod: LedgerDate?
        /// ISO 4217 code.
        public let currency: String?

        enum CodingKeys: String, CodingKey {
            case name = "ReportName"
            case basis = "ReportBasis"
            case startPeriod = "StartPeriod"
            case endPeriod = "EndPeriod"
            case currency = "Currency"
        }
    }

    /// A column.
    public struct Column: Sendable, Equatable, Decodable {
        /// Its heading.
        public let title: String
        /// What its cells hold, such as `Account` or `Money`.
        public let type: String

        enum CodingKeys: String, CodingKey {
            case title = "ColTitle"
            case type = "ColType"
        }
    }

    /// A cell.
    public struct Cell: Sendable, Equatable, Decodable {
        /// The text; empty for nothing.
        public let value: String
        /// The id of what it names, if it names something.
        public let id: String?
    }

    /// A row, or a section with rows of its own.
    public struct Row: Sendable, Equatable {
        /// The cells of a plain row.
        public let cells: [Cell]
        /// The cells at the head of a section.
        public let header: [Cell]
        /// The rows of a section.
        public let rows: [Row]
        /// The cells of a section's total.
        public let summary: [Cell]
        /// The section's name for programs, such as `GrandTotal`.
        public let group: String?
    }

    /// What the report is about.
    public let header: Header
    /// The columns.
    public let columns: [Column]
    /// The rows; none if there is no data.
    public let rows: [Row]

    /// Reads a report.
    ///
    /// - Throws: ``QuickBooksError/Code/unreadableAnswer`` if it isn't one.
    public init(parsing body: [UInt8]) throws(QuickBooksError) {
        do {
            self = try ExactJSON.value(Report.self, from: body)
        } catch {
            // The decoder's error quotes the body, which holds names and amounts.
            throw QuickBooksError(.unreadableAnswer, reason: "it is not a report")
        }
    }

    enum CodingKeys: String, CodingKey {
        case header = "Header"
        case columns = "Columns"
        case rows = "Rows"
    }

    /// Reads a report.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        header = try fields.decode(Header.self, forKey: .header)
        columns = try fields.decode(ColumnList.self, forKey: .columns).columns
        rows = try fields.decodeIfPresent(RowList.self, forKey: .rows)?.rows ?? []
    }
}

private struct ColumnList: Decodable {
    let columns: [Report.Column]

    enum CodingKeys: String, CodingKey {
        case columns = "Column"
    }
}

private struct RowList: Decodable {
    let rows: [Report.Row]?

    enum CodingKeys: String, CodingKey {
        case rows = "Row"
    }
}

extension Report.Row: Decodable {
    enum CodingKeys: String, CodingKey {
        case cells = "ColData"
        case header = "Header"
        case rows = "Rows"
        case summary = "Summary"
        case group
    }

    /// Reads a row of either kind.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        cells = try fields.decodeIfPresent([Report.Cell].self, forKey: .cells) ?? []
        header = try fields.decodeIfPresent(CellList.self, forKey: .header)?.cells ?? []
        rows = try fields.decodeIfPresent(RowList.self, forKey: .rows)?.rows ?? []
        summary = try fields.decodeIfPresent(CellList.self, forKey: .summary)?.cells ?? []
        group = try fields.decodeIfPresent(String.self, forKey: .group)
    }
}

private struct CellList: Decodable {
    let cells: [Report.Cell]?

    enum CodingKeys: String, CodingKey {
        case cells = "ColData"
    }
}
