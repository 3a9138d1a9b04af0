// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// All connections side by side.
struct ConnectionListView {
    struct Row {
        let address: String
        let title: String
        let realmID: String?
        let environment: String?
        let statusTitle: String
        let statusTone: String
        let reason: String?
        let clocks: [ClockView]
        let stores: String?
        let waiting: String?
    }

    let rows: [Row]
    let isSingle: Bool

    init(_ overviews: ConnectionOverviews, stores: [Store], now: Date, shown: ShownText) {
        rows = overviews.all.map { Row($0, stores: stores, now: now, shown: shown) }
        isSingle = rows.count == 1
    }
}

extension ConnectionListView.Row {
    init(_ overview: ConnectionOverview, stores: [Store], now: Date, shown: ShownText) {
        let connection = overview.connection
        address = ConnectionAddress(id: connection.id).page
        title = overview.title
        realmID = connection.company?.realmID
        environment = connection.app?.environment.title
        statusTitle = overview.statusTitle
        statusTone = overview.tone.rawValue
        reason = connection.trouble?.explanation ?? overview.warnings.first?.explanation
        clocks = connection.grant.map { ClockView.both(ConnectionClocks($0, at: now), shown: shown) } ?? []
        let own = stores.filter { $0.connection == connection.id }.map {
            $0.name.isEmpty ? "\($0.number)" : "\($0.number) \($0.name)"
        }
        self.stores = own.isEmpty ? nil : own.joined(separator: ", ")
        waiting = overview.waiting == 0 ? nil : counted(overview.waiting, "export")
    }
}

extension Environment.Name {
    /// `Production`, `Sandbox`, or a custom environment's own name.
    var title: String { text.isEmpty ? "Not named" : text.prefix(1).uppercased() + text.dropFirst() }
}
