// SPDX-License-Identifier: Apache-2.0
import Daybook

/// All connections, for the frame and the banners of every page.
struct ConnectionOverviews {
    let all: [ConnectionOverview]

    subscript(_ id: Connection.ID) -> ConnectionOverview? { all.first { $0.id == id } }

    /// Every connection's title.
    var titles: [Connection.ID: String] { Dictionary(all.map { ($0.id, $0.title) }) { first, _ in first } }

    /// Whether an export is **Waiting for connection**.
    func holds(_ export: Export) -> Bool { export.waitsForConnection(among: all.map(\.connection)) }

    /// Those that something posts to, or that were connected once.
    private var shown: [ConnectionOverview] { all.filter { $0.isNeeded || $0.connection.company != nil } }

    /// What the frame says about all of them in a few words.
    var name: String {
        guard let worst = shown.max(by: { $0.tone < $1.tone }) else { return "Not connected" }
        switch worst.status {
        case .broken: return "Connection broken"
        case .notConnected: return "Not connected"
        case .connected: return shown.count == 1 ? worst.title : counted(shown.count, "company", "companies")
        }
    }

    var tone: ConnectionOverview.Tone { shown.map(\.tone).max() ?? .idle }

    /// Urgent ones first.
    var banners: [Banner] {
        let names = shown.count > 1
        let banners = shown.flatMap { $0.banners(named: names) }
        return banners.filter(\.isUrgent) + banners.filter { !$0.isUrgent }
    }
}

extension PageWriter {
    /// Those of the companies that somebody may see.
    func overviews(for actor: Actor) async throws -> ConnectionOverviews {
        ConnectionOverviews(all: try await desk.connections.overviews().filter { actor.maySee($0.id) })
    }
}
