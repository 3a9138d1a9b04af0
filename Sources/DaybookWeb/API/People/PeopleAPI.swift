// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Who may sign in, and what each may do, for programs.
struct PeopleAPI: Sendable {
    let desk: Desk
    let settings: SiteSettings

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("people") { _, context in try await list(context) }
        api.post("people") { request, context in try await invite(request, context) }
        api.put("people/{id}/roles") { request, context in try await setRoles(request, context) }
        api.post("people/{id}/link") { request, context in try await makeLink(request, context) }
        api.post("people/{id}/authenticator/remove") { request, context in
            try await removeAuthenticator(request, context)
        }
        api.post("people/{id}/disable") { request, context in try await setEnabled(false, request, context) }
        api.get("people/{id}/sessions") { _, context in try await sessions(context) }
        api.post("people/{id}/sessions/end") { request, context in try await end(all: true, request, context) }
        api.post("people/{id}/sessions/{serial}/end") { request, context in
            try await end(all: false, request, context)
        }
        api.post("people/{id}/enable") { request, context in try await setEnabled(true, request, context) }
    }

    private func list(_ context: SiteContext) async throws -> Response {
        let people = try await desk.peopleOrRefused.manage.list(by: context.actor)
        return try JSONAnswer.response(["people": people.map(PersonResponse.init)])
    }

    private func invite(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: InviteBody.self)
        let (person, link) = try await manage(context).invite(body.name, roles: body.roles, by: context.actor)
        return try JSONAnswer.response(invited(person, link), status: .created)
    }

    private func setRoles(_ request: Request, _ context: SiteContext) async throws -> Response {
        let roles = try await APIBody.json(request, as: RolesBody.self).roles
        let id = try await person(context)
        return try JSONAnswer.response(
            PersonResponse(try await manage(context).setRoles(id, to: roles, by: context.actor)))
    }

    private func makeLink(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await APIBody.json(request, as: EmptyBody.self)
        let (person, link) = try await manage(context).resetPassword(try await person(context), by: context.actor)
        return try JSONAnswer.response(invited(person, link))
    }

    private func removeAuthenticator(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await APIBody.json(request, as: EmptyBody.self)
        let id = try await person(context)
        return try JSONAnswer.response(
            PersonResponse(try await manage(context).removeAuthenticator(id, by: context.actor)))
    }

    private func setEnabled(_ isEnabled: Bool, _ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await APIBody.json(request, as: EmptyBody.self)
        let id = try await person(context)
        return try JSONAnswer.response(
            PersonResponse(try await manage(context).setEnabled(id, to: isEnabled, by: context.actor)))
    }

    private func sessions(_ context: SiteContext) async throws -> Response {
        let id = try await person(context)
        return try Self.response(try await manage(context).sessions(of: id, by: context.actor))
    }

    private func end(all: Bool, _ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await APIBody.json(request, as: EmptyBody.self)
        let id = try await person(context)
        let serial = context.parameters.get("serial", as: Int64.self)
        guard all || serial != nil else {
            throw HTTPProblem(.notFound, "No such session", "A session is named by its number.")
        }
        return try Self.response(try await manage(context).endSessions(of: id, only: serial, by: context.actor))
    }

    private static func response(_ sessions: [Session]) throws -> Response {
        try JSONAnswer.response(["sessions": sessions.map(SessionResponse.init)])
    }

    private func invited(_ person: Person, _ link: Secret) -> InvitedResponse {
        InvitedResponse(person: PersonResponse(person), link: "\(settings.origin)/link/\(link.reveal())")
    }

    private func manage(_ context: SiteContext) throws -> PeopleDesk { try desk.people(for: context).manage }

    private func person(_ context: SiteContext) async throws -> Person.ID {
        guard let id = context.parameters.get("id", as: Int64.self),
            try await manage(context).list(by: context.actor).contains(where: { $0.id == Person.ID(id) })
        else { throw Self.missing(context) }
        return Person.ID(id)
    }

    private static func missing(_ context: SiteContext) -> HTTPProblem {
        HTTPProblem(
            .notFound, "No such person",
            "There is no person \(context.parameters.get("id") ?? ""); GET /api/v1/people lists those there are.")
    }
}

extension Desk {
    var peopleOrRefused: People {
        get throws {
            guard let people else { throw Refused("Nobody signs in to this Daybook.") }
            return people
        }
    }

    /// The desks of people, for a request that may change people or keys.
    ///
    /// Until somebody has signed up, a stranger at the port could make themselves the administrator, so it is refused:
    /// the first administrator's link is for those alone who may read the data folder.
    func people(for context: SiteContext) throws -> People {
        let people = try peopleOrRefused
        guard case .anybody = context.actor else { return people }
        throw HTTPProblem(
            .forbidden, "Nobody has signed up yet",
            """
            Nothing was changed. Open the link for the first administrator, which daybook serve prints at its start, \
            or stop the server and use daybook people and daybook keys on its data folder.
            """)
    }
}
