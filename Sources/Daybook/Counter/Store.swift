// SPDX-License-Identifier: Apache-2.0

/// A shop of the business, by the number the rental system gives it: 1 to 9999.
package struct StoreNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let value: Int

    package init?(_ value: Int) {
        guard (1...9999).contains(value) else { return nil }
        self.value = value
    }

    init(known value: Int) { self.value = value }

    /// Store 1, which holds the account numbers that other stores don't set themselves.
    package static let defaults = StoreNumber(known: 1)

    package static func < (left: StoreNumber, right: StoreNumber) -> Bool { left.value < right.value }

    package var description: String { String(value) }
}

/// A shop of the business: which company it posts to, and by which class and location its lines are known there.
package struct Store: Hashable, Sendable {
    package let number: StoreNumber
    package var name: String
    /// Name of the QuickBooks class put on every line of this store; nil for none.
    package var className: String?
    /// Name of the QuickBooks location (department) put on every line of this store; nil for none.
    package var departmentName: String?
    /// The company it posts to.
    package var connection: Connection.ID

    package init(
        number: StoreNumber, name: String, className: String? = nil, departmentName: String? = nil,
        connection: Connection.ID = .first
    ) {
        self.connection = connection
        self.number = number
        self.name = name
        self.className = className
        self.departmentName = departmentName
    }

    /// In characters.
    package static let longestName = 100

    /// Whether a text can be a store's name: it has a visible character and is not too long.
    package static func isName(_ text: String) -> Bool {
        text.count <= longestName && text.contains { !$0.isWhitespace }
    }
}
