// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// What the queue's address asks for: status, store, company, words, page.
struct ExportQuery: Sendable {
    static let pageSize = 50

    var state: ExportState.Name?
    var store: StoreNumber?
    /// The company, by its connection.
    var connection: Connection.ID?
    var search: String?
    var page: Int
    /// Whether the page's boxes come ticked: how "select all" works without a script.
    var selectsAll: Bool

    init(_ fields: FormFields) {
        state = fields["state"].flatMap(ExportState.Name.init)
        store = fields["store"].flatMap { Int($0) }.flatMap { StoreNumber($0) }
        connection = fields["connection"].flatMap { Int64($0) }.map { Connection.ID($0) }
        search = fields["search"].map { String($0.prefix(100)) }
        page = max(1, min(fields["page"].flatMap { Int($0) } ?? 1, 1_000_000))
        selectsAll = fields["select"] == "page"
    }

    var filter: ExportFilter {
        ExportFilter(
            state: state, store: store, connection: connection, search: search, page: page, pageSize: Self.pageSize)
    }

    /// Whether only a part of what has the status is shown.
    var isFiltered: Bool { search != nil || store != nil || connection != nil }

    /// The address that asks for this.
    var address: String {
        var parts = URLComponents()
        parts.path = "/exports"
        let items = [
            ("state", state?.rawValue), ("store", store?.description),
            ("connection", connection.map { String($0.value) }), ("search", search),
            ("page", page > 1 ? String(page) : nil), ("select", selectsAll ? "page" : nil),
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
