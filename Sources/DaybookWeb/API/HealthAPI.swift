// SPDX-License-Identifier: Apache-2.0
import Daybook
import Hummingbird
import HummingbirdCore

/// For probes: whether the server answers and its storage reads.
struct HealthAPI: Sendable {
    let desk: Desk

    struct HealthShape: Encodable {
        let status = "ok"
        let connection: String

        private enum CodingKeys: CodingKey {
            case status, connection
        }
    }

    func addRoutes(to router: Router<SiteContext>) {
        router.get("health") { _, _ in
            let all = try await desk.connections().map(\.status)
            let worst = [Connection.Status.broken, .connected].first { all.contains($0) } ?? .notConnected
            return try JSONAnswer.response(HealthShape(connection: worst.rawValue))
        }
    }
}
