// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb
import Foundation
import HTTPTransport
import HTTPTypes
import Synchronization

/// Works through a running server's API.
final class RemoteConnectionBackend: ConnectionBackend {
    private let server: DaybookServer
    /// The cookie that binds a consent to this run of the command.
    private let cookie = Mutex<String?>(nil)

    init(server: DaybookServer) { self.server = server }

    private struct List: Decodable {
        let connections: [ConnectionResponse]
        let apps: [ConnectionResponse.App]
    }

    private struct Token: Encodable {
        let environment: String?
        let clientId: String?
        let clientSecret: String?
        let realmId: String?
        let refreshToken: String
    }

    private struct Keys: Encodable {
        /// A number, or `new`.
        let connection: Connection
        let environment: String?
        let clientId: String?
        let clientSecret: String

        enum Connection: Encodable {
            case number(Int64)
            case new

            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                switch self {
                case .number(let id): try container.encode(id)
                case .new: try container.encode("new")
                }
            }
        }
    }

    private struct Kept: Decodable {
        let app: ConnectionResponse.App
    }

    private struct Address: Decodable {
        let url: String
    }

    func connections() async throws -> [ConnectionResponse] {
        try await server.get("/api/v1/connections", as: List.self).connections
    }

    func apps() async throws -> [ConnectionResponse.App] {
        try await server.get("/api/v1/connections", as: List.self).apps
    }

    func connection(_ id: Int64, history: Int) async throws -> ConnectionResponse {
        let answer = try await server.call(.get, "/api/v1/connections/\(id)?history=\(history)")
        guard answer.statusCode != 404 else {
            throw CommandFailure("There is no connection \(id). `daybook connection list` shows those there are.")
        }
        return try server.decoded(ConnectionResponse.self, from: answer)
    }

    func test(_ id: Int64, writing: Bool) async throws -> ConnectionTestResponse {
        _ = try await connection(id, history: 0)
        return try await server.send(.post, "/api/v1/connections/\(id)/test", ["write": writing])
    }

    func disconnect(_ id: Int64, forgetting: Bool) async throws -> DisconnectResponse {
        try await server.send(.post, "/api/v1/connections/\(id)/disconnect", ["forget": forgetting])
    }

    func beginConsent(_ wish: ConsentWish) async throws -> String {
        let answer = try await server.answer(.post, "/api/v1/consents", wish, cookie: nil)
        // Only its name and value are sent back; the attributes are for browsers.
        let given = answer.head.headerFields[.setCookie]?.split(separator: ";").first.map(String.init)
        cookie.withLock { $0 = given }
        return try server.decoded(Address.self, from: answer).url
    }

    func finishConsent(_ redirectedTo: String) async throws -> ConnectOutcomeResponse {
        let answer = try await server.answer(
            .post, "/api/v1/consents/finish", ["redirectedTo": redirectedTo], cookie: cookie.withLock { $0 })
        return try server.decoded(ConnectOutcomeResponse.self, from: answer)
    }

    func keepKeys(_ form: KeysForm) async throws -> ConnectionResponse.App {
        let keys = Keys(
            connection: form.connection.map { .number($0) } ?? .new, environment: form.environment,
            clientId: form.clientID, clientSecret: form.clientSecret.reveal())
        return try await server.send(.put, "/api/v1/app", keys, as: Kept.self).app
    }

    func paste(_ form: TokenForm) async throws -> ConnectOutcomeResponse {
        let id = form.connection.map(String.init) ?? "new"
        return try await server.send(
            .put, "/api/v1/connections/\(id)/settings",
            Token(
                environment: form.environment, clientId: form.clientID, clientSecret: form.clientSecret?.reveal(),
                realmId: form.realmID, refreshToken: form.refreshToken.reveal()))
    }

    func confirm(_ id: Int64, realmID: String) async throws -> ConnectOutcomeResponse {
        try await server.send(.post, "/api/v1/connections/\(id)/confirm", ["realmId": realmID])
    }

    func close() async throws { try await server.close() }
}
