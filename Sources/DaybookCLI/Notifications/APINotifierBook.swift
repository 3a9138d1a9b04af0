// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTypes

/// Through a running server's API.
struct APINotifierBook: NotifierBook {
    private static let path = "/api/v1/notifiers"

    let server: DaybookServer

    func list() async throws -> [NotifierRow] { try await server.get(Self.path, as: Listed.self).notifiers }

    func add(kind: Notifier.Kind, address: String) async throws -> AddedRow {
        try await server.send(.post, Self.path, ["kind": kind.rawValue, "address": address])
    }

    func remove(_ id: Int64) async throws {
        let nothing: [String: String] = [:]
        _ = try await server.send(.delete, "\(Self.path)/\(id)", nothing, as: Listed.self)
    }

    func test(_ id: Int64) async throws -> TrialRow {
        let nothing: [String: String] = [:]
        return try await server.send(.post, "\(Self.path)/\(id)/test", nothing)
    }

    func log(_ most: Int) async throws -> [DeliveryRow] {
        try await server.get("/api/v1/deliveries?limit=\(most)", as: Log.self).deliveries
    }

    func close() async throws { try await server.close() }

    private struct Listed: Decodable {
        let notifiers: [NotifierRow]
    }

    private struct Log: Decodable {
        let deliveries: [DeliveryRow]
    }
}
