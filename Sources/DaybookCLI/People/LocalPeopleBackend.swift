// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb

/// Works in the data folder itself, under its exclusive lock.
struct LocalPeopleBackend: PeopleBackend {
    static let who = Actor.command("command line")

    let assembly: Assembly

    func people() async throws -> [PersonResponse] {
        try await desk.manage.list(by: Self.who).map(PersonResponse.init)
    }

    func invite(_ name: String, _ roles: RoleOptions) async throws -> InvitedResponse {
        let desk = try desk
        guard desk.signIn.isRequired || roles.role == .administrator else {
            throw CommandFailure(Self.firstIsAdministrator)
        }
        let (person, link) = try await desk.manage.invite(name, roles: roles.assignments, by: Self.who)
        return response(person, link)
    }

    func setRoles(_ id: Int64, _ roles: RoleOptions) async throws -> PersonResponse {
        PersonResponse(try await desk.manage.setRoles(Person.ID(id), to: roles.assignments, by: Self.who))
    }

    func makeLink(_ id: Int64) async throws -> InvitedResponse {
        let (person, link) = try await desk.manage.resetPassword(Person.ID(id), by: Self.who)
        return response(person, link)
    }

    func removeAuthenticator(_ id: Int64) async throws -> PersonResponse {
        PersonResponse(try await desk.manage.removeAuthenticator(Person.ID(id), by: Self.who))
    }

    func setEnabled(_ id: Int64, to isEnabled: Bool) async throws -> PersonResponse {
        PersonResponse(try await desk.manage.setEnabled(Person.ID(id), to: isEnabled, by: Self.who))
    }

    func sessions(of id: Int64) async throws -> [SessionResponse] {
        try await desk.manage.sessions(of: Person.ID(id), by: Self.who).map(SessionResponse.init)
    }

    func endSessions(of id: Int64, only serial: Int64?) async throws -> [SessionResponse] {
        try await desk.manage.endSessions(of: Person.ID(id), only: serial, by: Self.who).map(SessionResponse.init)
    }

    func keys() async throws -> [KeyResponse] { try await desk.keys.list(by: Self.who).map(KeyResponse.init) }

    func addKey(_ form: KeyForm) async throws -> AddedKeyResponse {
        let (key, secret) = try await desk.keys.add(
            form.name, scopes: Set(form.scopes.compactMap { APIKey.Scope(rawValue: $0) }),
            stores: form.stores.map { Set($0.compactMap { StoreNumber($0) }) }, days: form.days, by: Self.who)
        return AddedKeyResponse(key: KeyResponse(key), secret: secret.reveal())
    }

    func revokeKey(_ serial: Int64) async throws -> KeyResponse {
        KeyResponse(try await desk.keys.revoke(serial, by: Self.who))
    }

    private var desk: Desk.People {
        get throws {
            guard let people = assembly.desk.people else { throw CommandFailure("Nobody signs in to this Daybook.") }
            return people
        }
    }

    private func response(_ person: Person, _ link: Secret) -> InvitedResponse {
        InvitedResponse(person: PersonResponse(person), link: assembly.configuration.link(link).reveal())
    }

    private static let firstIsAdministrator = """
        Nobody has signed up yet, and the first one has to be an administrator. Invite one with --role \
        administrator, or use the link that `daybook serve` prints.
        """
}
