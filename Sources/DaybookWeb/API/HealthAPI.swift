// SPDX-License-Identifier: Apache-2.0
import Daybook
import Hummingbird
import HummingbirdCore

/// For probes: whether the server answers, and whether it can do its work.
///
/// A server whose disk is full is alive and not ready: to start it again would help nobody.
struct HealthAPI: Sendable {
    let desk: Desk

    struct HealthShape: Encodable {
        let status = "ok"
        let connection: String

        private enum CodingKeys: CodingKey {
            case status, connection
        }
    }

    struct TroubleShape: Encodable {
        let status = "storage-trouble"
        let storage: String
        let detail: String

        init(_ trouble: StorageTrouble) {
            storage = trouble.rawValue
            detail = trouble.explanation
        }

        private enum CodingKeys: CodingKey {
            case status, storage, detail
        }
    }

    struct AliveShape: Encodable {
        let status = "ok"

        private enum CodingKeys: CodingKey {
            case status
        }
    }

    func addRoutes(to router: Router<SiteContext>) {
        router.get("health/live") { _, _ in try JSONAnswer.response(AliveShape()) }
        router.get("health") { _, _ in
            if let trouble = desk.storageTrouble {
                return try JSONAnswer.response(TroubleShape(trouble), status: .serviceUnavailable)
            }
            let all = try await desk.connections.all().map(\.status)
            let worst = [Connection.Status.broken, .connected].first { all.contains($0) } ?? .notConnected
            return try JSONAnswer.response(HealthShape(connection: worst.rawValue))
        }
    }
}
