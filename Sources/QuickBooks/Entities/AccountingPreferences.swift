// SPDX-License-Identifier: Apache-2.0

/// The accounting part of a company's ``Preferences``.
public struct AccountingPreferences: Codable, Sendable, Hashable {
    /// The closing date: transactions on or before it are refused (6200, or 6210 with a password); nil if never closed.
    public var bookCloseDate: LedgerDate?
    /// Whether each transaction has one class.
    public var tracksClassPerTransaction: Bool?
    /// Whether each line has its own class.
    public var tracksClassPerLine: Bool?
    /// Whether locations are in use.
    public var tracksDepartments: Bool?
    /// What the company calls a department.
    public var departmentTerminology: String?
    /// Whether account numbers are shown.
    public var usesAccountNumbers: Bool?

    /// Puts the fields together; what isn't given isn't sent.
    public init(
        bookCloseDate: LedgerDate? = nil, tracksClassPerTransaction: Bool? = nil, tracksClassPerLine: Bool? = nil,
        tracksDepartments: Bool? = nil, departmentTerminology: String? = nil, usesAccountNumbers: Bool? = nil
    ) {
        self.bookCloseDate = bookCloseDate
        self.tracksClassPerTransaction = tracksClassPerTransaction
        self.tracksClassPerLine = tracksClassPerLine
        self.tracksDepartments = tracksDepartments
        self.departmentTerminology = departmentTerminology
        self.usesAccountNumbers = usesAccountNumbers
    }

    enum CodingKeys: String, CodingKey {
        case bookCloseDate = "BookCloseDate"
        case tracksClassPerTransaction = "ClassTrackingPerTxn"
        case tracksClassPerLine = "ClassTrackingPerTxnLine"
        case tracksDepartments = "TrackDepartments"
        case departmentTerminology = "DepartmentTerminology"
        case usesAccountNumbers = "UseAccountNumbers"
    }
}
