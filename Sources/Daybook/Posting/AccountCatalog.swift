// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What a QuickBooks company offers to post to, as last read: accounts by number, classes, locations
/// and the preferences that decide whether a document is accepted.
package struct AccountCatalog: Sendable, Equatable {
    package struct Account: Sendable, Equatable {
        package enum Kind: Sendable, Equatable {
            case receivable, payable, other
        }

        package let id: String
        package let name: String
        package let kind: Kind
        package let isActive: Bool

        package init(id: String, name: String, kind: Kind, isActive: Bool) {
            self.id = id
            self.name = name
            self.kind = kind
            self.isActive = isActive
        }
    }

    /// The accounts by number; a number that several accounts have is ambiguous.
    package let accounts: [AccountNumber: [Account]]
    /// Ids of active classes by name; nil when the company doesn't track classes.
    package let classes: [String: String]?
    /// Ids of active locations by name; nil when the company doesn't track locations.
    package let departments: [String: String]?
    /// The last closed day, nil when the books were never closed.
    package let closedThrough: CalendarDate?
    package let homeCurrency: String
    package let readAt: Date

    package init(
        accounts: [AccountNumber: [Account]], classes: [String: String]?, departments: [String: String]?,
        closedThrough: CalendarDate?, homeCurrency: String, readAt: Date
    ) {
        self.accounts = accounts
        self.classes = classes
        self.departments = departments
        self.closedThrough = closedThrough
        self.homeCurrency = homeCurrency
        self.readAt = readAt
    }
}
