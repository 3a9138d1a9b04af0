// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The connections whose Pending exports can't go out until something changes.
struct HeldConnections {
    private let ids: Set<Connection.ID>
    /// Whether nothing can go out anywhere.
    let areAll: Bool

    init(_ connections: [Connection]) {
        let held = connections.filter { $0.status != .connected || $0.trouble != nil }
        ids = Set(held.map(\.id))
        areAll = held.count == connections.count
    }

    func holds(_ export: Export) -> Bool { ids.contains(export.connection) }
}

/// The connection as every page must know it.
struct ConnectionState {
    let connection: Connection?
    let hasKeys: Bool

    var status: Connection.Status { connection?.status ?? .notConnected }

    var name: String {
        switch status {
        case .connected: connection?.company?.name ?? "Connected"
        case .notConnected: "Not connected"
        case .broken: "Connection broken"
        }
    }

    var tone: String {
        switch status {
        case .connected: connection?.trouble == nil ? "good" : "warn"
        case .notConnected: "idle"
        case .broken: "bad"
        }
    }

    var banner: PageFrame.Banner? {
        if let trouble = connection?.trouble {
            return PageFrame.Banner(
                isUrgent: trouble.needsConsent, message: trouble.explanation, offersConnect: trouble.needsConsent,
                offersSettings: trouble.needsConsent || trouble.cause == .clientRefused)
        }
        guard status == .notConnected else { return nil }
        return PageFrame.Banner(
            isUrgent: false,
            message: hasKeys
                ? "Daybook is not connected to QuickBooks Online. Transactions are taken and wait for the connection."
                : "Daybook is not connected to QuickBooks Online yet. Enter your app's keys under Settings first.",
            offersConnect: hasKeys, offersSettings: true)
    }
}
