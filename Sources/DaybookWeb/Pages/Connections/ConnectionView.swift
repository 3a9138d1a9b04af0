// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A connection with its two clocks, its stores and its history.
struct ConnectionView {
    struct StoreView {
        let number: String
        let name: String
        let isHere: Bool
        /// The company that the store posts to, where it is another one.
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
    /// Whether the connection has to be made or repaired, so that the button stands out.
    let needsConnect: Bool
    let waiting: String?
    let errors: String?
    let queueAddress: String
    let proposal: String?
    let confirmAddress: String
    let history: [NoteView]
    let hasHistory: Bool

    /// - Parameters:
    ///   - allStores: Those with a name, and those that are known by their numbers alone.
    ///   - titles: Every connection's title.
    init(
        _ details: ConnectionDetails, allStores: [Store], titles: [Connection.ID: String], shown: ShownText
    ) {
        let (overview, connection) = (details.overview, details.connection)
        let address = ConnectionAddress(id: connection.id)
        self.address = address.page
        confirmAddress = address.confirmation
        title = overview.title
        statusTitle = overview.statusTitle
        statusTone = overview.tone.rawValue
        reason = connection.trouble?.explanation
        traceID = connection.trouble?.intuitTID
        troubleSince = connection.trouble.map { shown.time($0.since) }
        companyName = connection.company?.name
        realmID = connection.company?.realmID
        environment = overview.app?.environment.title
        clientID = overview.app?.clientID
        lastRefresh = connection.grant.map { shown.time($0.refreshedAt) }
        refreshRate = RefreshRateView(details.refreshes, days: ConnectionDetails.refreshDays)
        clocks = details.clocks.map { ClockView.both($0, shown: shown) } ?? []
        stores = allStores.map { store in
            StoreView(
                number: store.number.description, name: store.name, isHere: store.connection == connection.id,
                elsewhere: store.connection == connection.id ? nil : titles[store.connection])
        }
        isConnected = connection.grant != nil
        hasKeys = overview.hasKeys
        connectLabel = connection.grant == nil ? "Connect to QuickBooks" : "Connect to QuickBooks again"
        needsConnect = overview.tone != .good
        waiting = overview.waiting == 0 ? nil : counted(overview.waiting, "export")
        errors = details.inError == 0 ? nil : counted(details.inError, "export")
        queueAddress = "/exports?state=error&connection=\(connection.id.value)"
        proposal = details.proposal?.name
        history = details.history.map { NoteView($0, shown: shown) }
        hasHistory = !history.isEmpty
    }
}
