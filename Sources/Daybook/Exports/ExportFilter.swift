// SPDX-License-Identifier: Apache-2.0

/// Which exports to list, and which page of them.
package struct ExportFilter: Sendable, Equatable {
    package var state: ExportState.Name?
    package var store: StoreNumber?
    /// Only those of one company.
    package var connection: Connection.ID?
    /// Only those at one of these places, whatever the roles there; nil for everywhere.
    package var places: Set<RoleAssignment>?
    /// Words that an export is found by: its document number, transaction, contract, customer, memo, account, amount,
    /// date or number in QuickBooks.
    package var search: String?
    package var place: ExportPlace
    /// 1 to 500.
    package var pageSize: Int

    package init(
        state: ExportState.Name? = nil, store: StoreNumber? = nil, connection: Connection.ID? = nil,
        places: Set<RoleAssignment>? = nil, search: String? = nil, place: ExportPlace = .newest, pageSize: Int = 50
    ) {
        self.state = state
        self.store = store
        self.connection = connection
        self.places = places
        self.search = search
        self.place = place
        self.pageSize = pageSize
    }
}

/// Where a page of the queue begins, by the serial of the export beside it.
///
/// Page numbers would shift with every export that comes in, and take longer the further back a page is.
package enum ExportPlace: Sendable, Hashable {
    case newest
    case oldest
    /// The exports with a lower serial, which come after it in the list.
    case olderThan(Int64)
    /// The exports with a higher serial, which come before it.
    case newerThan(Int64)
}

package struct ExportPage: Sendable {
    /// Newest first.
    package let rows: [ExportRow]
    /// How many match the filter in all.
    package let total: ExportTotal
    /// How many there are in each state, whatever the filter's state; nil where a search finds too many to count.
    package let counts: [ExportState.Name: Int]?
    /// The page before this one in the list; nil on the first.
    package let newer: ExportPlace?
    /// The page after this one; nil on the last.
    package let older: ExportPlace?

    package init(
        rows: [ExportRow], total: ExportTotal, counts: [ExportState.Name: Int]?, newer: ExportPlace? = nil,
        older: ExportPlace? = nil
    ) {
        self.rows = rows
        self.total = total
        self.counts = counts
        self.newer = newer
        self.older = older
    }
}

/// How many exports match a filter.
package enum ExportTotal: Sendable, Hashable {
    case exactly(Int)
    /// A search that finds more than ``cap`` is not counted to the end.
    case moreThan(Int)

    /// How far a search is counted.
    package static let cap = 1_000
}
