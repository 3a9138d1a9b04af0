// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A connection with its two clocks, its stores and its history.
struct ConnectionView {
    struct StoreView {
        let number: String
        let name: String
        let isHere: Bool
        /// The company it posts to, where that is another.
        let elsewhere: String?
    }

    let address: String
    let title: String
    let statusTitle: String
    let statusTone: String
    let reason: String?
    let traceID: String?
    let troubleSince: String?
    let companyName: String?
    let realmID: String?
    let environment: String?
    let clientID: String?
    let lastRefresh: String?
    let refreshRate: RefreshRateView?
    let clocks: [ClockView]
    let stores: [StoreView]
    let isConnected: Bool
    let hasKeys: Bool
    let connectLabel: String
    /// Whether the button is what the page is about just now.
    let needsConnect: Bool
    let waiting: String?
    let errors: String?
    let queueAddress: String
    let proposal: String?
    let confirmAddress: String
    let history: [NoteView]
    let hasHistory: Bool

    init(_ sight: ConnectionSight, shown: ShownText) {
        let connection = sight.standing.connection
        let address = ConnectionAddress(id: connection.id)
        self.address = address.page
        confirmAddress = address.confirmation
        title = sight.standing.title
        statusTitle = sight.standing.statusTitle
        statusTone = sight.standing.tone.rawValue
        reason = connection.trouble?.explanation
        traceID = connection.trouble?.intuitTID
        troubleSince = connection.trouble.map { shown.time($0.since) }
        companyName = connection.company?.name
        realmID = connection.company?.realmID
        environment = sight.app?.environment.title
        clientID = sight.app?.clientID
        lastRefresh = connection.grant.map { shown.time($0.refreshedAt) }
        refreshRate = RefreshRateView(sight.refreshes, days: ConnectionSight.days)
        clocks = connection.grant.map { ClockView.both(ConnectionClocks($0, at: sight.now), shown: shown) } ?? []
        stores = sight.allStores.map { store in
            StoreView(
                number: store.number.description, name: store.name, isHere: store.connection == connection.id,
                elsewhere: store.connection == connection.id ? nil : sight.titles[store.connection])
        }
        isConnected = connection.grant != nil
        hasKeys = sight.standing.hasKeys
        connectLabel = connection.grant == nil ? "Connect to QuickBooks" : "Connect to QuickBooks again"
        needsConnect = sight.standing.tone != .good
        waiting = sight.standing.waiting == 0 ? nil : counted(sight.standing.waiting, "export")
        errors = sight.errors == 0 ? nil : counted(sight.errors, "export")
        queueAddress = "/exports?state=error"
        proposal = sight.proposal?.name
        history = sight.history.map { NoteView($0, shown: shown) }
        hasHistory = !history.isEmpty
    }
}

/// What a connection's page reads.
struct ConnectionSight {
    static let days = 30

    let standing: ConnectionStanding
    let app: App.Key?
    /// Those with a name of their own.
    let stores: [Store]
    let allStores: [Store]
    /// Every connection's company, or what stands in its place.
    let titles: [Connection.ID: String]
    let errors: Int
    let refreshes: RefreshCount
    let proposal: Company?
    let history: [ConnectionNote]
    let now: Date

    init(_ id: Connection.ID, pages: PageWriter, historyLimit: Int = 20) async throws {
        let desk = pages.desk
        let standings = try await pages.standings()
        guard let standing = standings[id] else { throw Declined.notFound("There is no such connection.") }
        self.standing = standing
        app = try await desk.app(of: id)
        let books = try await desk.books()
        stores = books.stores.sorted { $0.number < $1.number }
        allStores = books.allStores
        titles = Dictionary(standings.all.map { ($0.id, $0.title) }) { first, _ in first }
        let counts = try await desk.exports(matching: ExportFilter(connection: id, pageSize: 1)).counts
        errors = counts[.error] ?? 0
        refreshes = try await desk.refreshes(of: id, days: Self.days)
        proposal = try await desk.proposal(of: id)
        history = try await desk.connectionHistory(id, limit: historyLimit)
        now = pages.clock.now
    }
}
