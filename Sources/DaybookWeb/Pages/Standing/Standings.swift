// SPDX-License-Identifier: Apache-2.0
import Daybook

/// All connections as every page must know them.
struct Standings {
    let all: [ConnectionStanding]

    subscript(_ id: Connection.ID) -> ConnectionStanding? { all.first { $0.id == id } }

    /// Whether an export is **Waiting for connection**.
    func holds(_ export: Export) -> Bool { export.waitsForConnection(among: all.map(\.connection)) }

    /// Those that something posts to, or that were connected once.
    private var shown: [ConnectionStanding] { all.filter { $0.isNeeded || $0.connection.company != nil } }

    /// What the frame says of them all in a few words.
    var name: String {
        guard let worst = shown.max(by: { $0.tone < $1.tone }) else { return "Not connected" }
        switch worst.status {
        case .broken: return "Connection broken"
        case .notConnected: return "Not connected"
        case .connected: return shown.count == 1 ? worst.title : counted(shown.count, "company", "companies")
        }
    }

    var tone: ConnectionStanding.Tone { shown.map(\.tone).max() ?? .idle }

    /// Urgent ones first.
    var banners: [Banner] {
        let names = shown.count > 1
        let banners = shown.flatMap { $0.banners(named: names) }
        return banners.filter(\.isUrgent) + banners.filter { !$0.isUrgent }
    }
}

extension PageWriter {
    func standings() async throws -> Standings {
        let stores = try await desk.books().stores
        var all: [ConnectionStanding] = []
        for connection in try await desk.connections() {
            all.append(try await standing(of: connection, stores: stores))
        }
        return Standings(all: all)
    }

    private func standing(of connection: Connection, stores: [Store]) async throws -> ConnectionStanding {
        let id = connection.id
        return ConnectionStanding(
            connection: connection, hasKeys: try await desk.app(of: id) != nil,
            isNeeded: stores.contains { $0.connection == id } || (stores.isEmpty && id == .first),
            warnings: try await desk.warningsInForce(on: connection), waiting: try await desk.waiting(for: connection),
            copy: try await desk.restoredCopy(of: id), stop: try await desk.postingStop(of: id),
            unanswered: try await desk.unansweredPosting(on: connection))
    }
}
