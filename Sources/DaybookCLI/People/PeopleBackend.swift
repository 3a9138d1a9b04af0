// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb
import Logging

/// Where the commands for people and keys are carried out: the data folder itself, or a server.
protocol PeopleBackend: Sendable {
    func people() async throws -> [PersonResponse]
    func invite(_ name: String, _ roles: RoleOptions) async throws -> InvitedResponse
    func setRoles(_ id: Int64, _ roles: RoleOptions) async throws -> PersonResponse
    func makeLink(_ id: Int64) async throws -> InvitedResponse
    func removeAuthenticator(_ id: Int64) async throws -> PersonResponse
    func setEnabled(_ id: Int64, to isEnabled: Bool) async throws -> PersonResponse
    func sessions(of id: Int64) async throws -> [SessionResponse]
    /// - Parameter serial: Nil for all of the person's.
    /// - Returns: Those that are left.
    func endSessions(of id: Int64, only serial: Int64?) async throws -> [SessionResponse]
    func keys() async throws -> [KeyResponse]
    func addKey(_ form: KeyForm) async throws -> AddedKeyResponse
    func revokeKey(_ serial: Int64) async throws -> KeyResponse
}

extension PeopleBackend {
    /// - Throws: ``CommandFailure`` when nobody is called so.
    func id(of text: String) async throws -> Int64 {
        guard let name = PersonName(text), let person = try await people().first(where: { PersonName($0.name) == name })
        else {
            throw CommandFailure("Nobody is called “\(text)”. `daybook people list` shows who there is.")
        }
        return person.id
    }
}

/// A key to be made, in the members of the API's body.
struct KeyForm: Encodable, Sendable {
    let name: String
    let scopes: [String]
    /// Nil for all stores.
    let stores: [Int]?
    /// Nil for a key without an end.
    let days: Int?
}

extension PlaceOptions {
    /// Runs a part of a command on the server or on the data folder, and closes it.
    func withPeople<Value>(_ body: (any PeopleBackend) async throws -> Value) async throws -> Value {
        try await withPlace { place in
            switch place {
            case .folder(let assembly): try await body(LocalPeopleBackend(assembly: assembly))
            case .server(let server): try await body(RemotePeopleBackend(server: server))
            }
        }
    }
}
