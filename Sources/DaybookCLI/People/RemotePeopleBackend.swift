// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb
import HTTPTypes

/// Works through a running server's API.
struct RemotePeopleBackend: PeopleBackend {
    let server: DaybookServer

    func people() async throws -> [PersonResponse] { try await server.get(Self.people, as: Listed.self).people }

    func invite(_ name: String, _ roles: RoleOptions) async throws -> InvitedResponse {
        try await server.send(.post, Self.people, Invitation(name: name, roles: Self.places(roles)))
    }

    func setRoles(_ id: Int64, _ roles: RoleOptions) async throws -> PersonResponse {
        try await server.send(.put, "\(Self.people)/\(id)/roles", ["roles": Self.places(roles)])
    }

    func makeLink(_ id: Int64) async throws -> InvitedResponse {
        try await server.send(.post, "\(Self.people)/\(id)/link", Self.nothing)
    }

    func removeAuthenticator(_ id: Int64) async throws -> PersonResponse {
        try await server.send(.post, "\(Self.people)/\(id)/authenticator/remove", Self.nothing)
    }

    func setEnabled(_ id: Int64, to isEnabled: Bool) async throws -> PersonResponse {
        try await server.send(.post, "\(Self.people)/\(id)/\(isEnabled ? "enable" : "disable")", Self.nothing)
    }

    func sessions(of id: Int64) async throws -> [SessionResponse] {
        try await server.get("\(Self.people)/\(id)/sessions", as: ListedSessions.self).sessions
    }

    func endSessions(of id: Int64, only serial: Int64?) async throws -> [SessionResponse] {
        let which = serial.map { "\($0)/end" } ?? "end"
        return try await server.send(
            .post, "\(Self.people)/\(id)/sessions/\(which)", Self.nothing, as: ListedSessions.self
        ).sessions
    }

    func keys() async throws -> [KeyResponse] { try await server.get(Self.keys, as: ListedKeys.self).keys }

    func addKey(_ form: KeyForm) async throws -> AddedKeyResponse { try await server.send(.post, Self.keys, form) }

    func revokeKey(_ serial: Int64) async throws -> KeyResponse {
        try await server.send(.post, "\(Self.keys)/\(serial)/revoke", Self.nothing)
    }

    private static let people = "/api/v1/people"
    private static let keys = "/api/v1/keys"
    private static let nothing: [String: String] = [:]

    private struct Listed: Decodable {
        let people: [PersonResponse]
    }

    private struct ListedSessions: Decodable {
        let sessions: [SessionResponse]
    }

    private struct ListedKeys: Decodable {
        let keys: [KeyResponse]
    }

    private struct Invitation: Encodable {
        let name: String
        let roles: [PersonResponse.Place]
    }

    private static func places(_ roles: RoleOptions) -> [PersonResponse.Place] {
        roles.assignments.map(PersonResponse.Place.init)
    }
}
