// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// What the queue's address asks for: status, store, company, words, and the place in their list.
struct ExportQuery: Sendable {
    static let pageSize = 50

    var state: ExportState.Name?
    var store: StoreNumber?
    /// The company, by its connection.
    var connection: Connection.ID?
    var search: String?
    /// The cursor as it was given; nil for the first page.
    var cursor: String?
    /// Whether the page's boxes come ticked: how "select all" works without a script.
    var selectsAll: Bool

    init(_ fields: FormFields) {
        state = fields["state"].flatMap(ExportState.Name.init)
        store = fields["store"].flatMap { Int(digits: $0) }.flatMap { StoreNumber($0) }
        connection = fields["connection"].flatMap { Int64(digits: $0) }.map { Connection.ID($0) }
        search = fields["search"].map { String($0.prefix(100)) }
        cursor = fields["cursor"]
        selectsAll = fields["select"] == "page"
    }

    /// - Throws: ``HTTPProblem`` when the cursor can't be read, or belongs to another list.
    func filter() throws -> ExportFilter { try list.at(cursor: cursor) }

    /// The address of a place in the same list; nil for none.
    func address(of place: ExportPlace?) -> String? {
        place.map { place in
            with {
                $0.cursor = ExportCursor(place, in: list)?.text
                $0.selectsAll = false
            }.address
        }
    }

    private var list: ExportFilter {
        ExportFilter(state: state, store: store, connection: connection, search: search, pageSize: Self.pageSize)
    }

    /// Whether only a part of what has the status is shown.
    var isFiltered: Bool { search != nil || store != nil || connection != nil }

    /// The address of this list.
    var address: String {
        var parts = URLComponents()
        parts.path = "/exports"
        let items = [
            ("state", state?.rawValue), ("store", store?.description),
            ("connection", connection.map { String($0.value) }), ("search", search),
            ("cursor", cursor), ("select", selectsAll ? "page" : nil),
        ]
        parts.queryItems = items.compactMap { name, value in value.map { URLQueryItem(name: name, value: $0) } }
        if parts.queryItems?.isEmpty == true { parts.queryItems = nil }
        // URLComponents leaves a plus as it is; a form reads it as a space.
        parts.percentEncodedQuery = parts.percentEncodedQuery?.replacingOccurrences(of: "+", with: "%2B")
        return parts.string ?? "/exports"
    }

    func with(_ change: (inout ExportQuery) -> Void) -> ExportQuery {
        var query = self
        change(&query)
        return query
    }
}
