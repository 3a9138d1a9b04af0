// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// People: who may sign in, and what each may do where.
struct PeoplePages: Sendable {
    static let address = "/people"

    let desk: Desk
    let pages: PageWriter

    func addRoutes(to router: Router<SiteContext>) {
        router.get("people") { try await show($0, $1) }
        router.post("people") { try await invite($0, $1) }
        router.post("people/{id}/roles/give") { try await give($0, $1) }
        router.post("people/{id}/roles/take") { try await take($0, $1) }
        router.post("people/{id}/link") { try await makeLink($0, $1) }
        router.post("people/{id}/authenticator/remove") { try await removeAuthenticator($0, $1) }
        router.post("people/{id}/enable") { try await setEnabled(true, $0, $1) }
        router.post("people/{id}/disable") { try await setEnabled(false, $0, $1) }
        router.post("people/{id}/sessions/{serial}/end") { try await end($0, $1) }
    }

    private func show(
        link: PeopleView.LinkView? = nil, entered: String = "", said: Flash? = nil, status: HTTPResponse.Status = .ok,
        _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        _ = try context.needsSignedIn
        let manage = try pages.people.manage
        let places = PlaceNames(
            titles: try await pages.overviews(for: context.actor).titles, stores: try await desk.books.settings())
        let view = PeopleView(
            try await manage.list(by: context.actor), sessions: try await manage.sessions(by: context.actor),
            places: places, link: link, entered: entered, shown: pages.shown)
        return try await pages.page(
            .people, view, title: "People", part: nil, said: said, status: status, request, context)
    }

    /// Answers with the page itself, which shows the link once.
    private func invite(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        _ = try context.needsSignedIn
        do {
            let role = try Self.assignment(form)
            let (person, secret) = try await pages.people.manage.invite(
                form["name"] ?? "", roles: [role], by: context.actor)
            return try await show(
                link: linkView(person, secret), said: Flash(.good, "\(person.name) was added."), request, context)
        } catch let refused as Desk.Refused {
            return try await show(
                entered: String((form["name"] ?? "").prefix(100)), said: Flash(.bad, refused.message),
                status: .unprocessableContent, request, context)
        }
    }

    private func makeLink(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await pages.forms.read(request, context)
        _ = try context.needsSignedIn
        do {
            let (person, secret) = try await pages.people.manage.resetPassword(try Self.id(context), by: context.actor)
            return try await show(link: linkView(person, secret), request, context)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: Self.address, saying: Flash(.bad, refused.message), context)
        }
    }

    private func linkView(_ person: Person, _ secret: Secret) -> PeopleView.LinkView {
        PeopleView.LinkView(
            name: person.name.text, address: "\(pages.settings.origin)/link/\(secret.reveal())",
            days: counted(Int(OneTimeLink.lifetime.components.seconds / 86_400), "day"))
    }

    private func give(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await changeRoles(request, context) { $0.insert(try Self.assignment($1)) }
    }

    private func take(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await changeRoles(request, context) { $0.remove(try Self.assignment($1)) }
    }

    private func changeRoles(
        _ request: Request, _ context: SiteContext,
        _ change: (inout Set<RoleAssignment>, FormFields) throws -> Void
    ) async throws -> Response {
        try await answer(request, context) { manage, id, form in
            guard let person = try await manage.list(by: context.actor).first(where: { $0.id == id }) else {
                throw HTTPProblem.notFound("There is no such person.")
            }
            var roles = person.roles
            try change(&roles, form)
            return "The roles of \(try await manage.setRoles(id, to: roles, by: context.actor).name) were changed."
        }
    }

    private func removeAuthenticator(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await answer(request, context) { manage, id, _ in
            try await manage.removeAuthenticator(id, by: context.actor)
            return "The authenticator app was removed. Let the person set up another one under Account."
        }
    }

    private func setEnabled(_ isEnabled: Bool, _ request: Request, _ context: SiteContext) async throws -> Response {
        try await answer(request, context) { manage, id, _ in
            let person = try await manage.setEnabled(id, to: isEnabled, by: context.actor)
            return isEnabled
                ? "\(person.name) may sign in again."
                : "\(person.name) may not sign in any more, and is signed out everywhere."
        }
    }

    private func end(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await answer(request, context) { manage, _, _ in
            guard let serial = context.parameters.get("serial", as: Int64.self) else {
                throw HTTPProblem.notFound("There is no such session.")
            }
            try await manage.end(session: serial, by: context.actor)
            return "The session has ended."
        }
    }

    private func answer(
        _ request: Request, _ context: SiteContext,
        _ act: (PeopleDesk, Person.ID, FormFields) async throws -> String
    ) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        _ = try context.needsSignedIn
        do {
            let said = Flash(.good, try await act(try pages.people.manage, try Self.id(context), form))
            return pages.redirect(to: Self.address, saying: said, context)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: Self.address, saying: Flash(.bad, refused.message), context)
        }
    }

    private static func id(_ context: SiteContext) throws -> Person.ID {
        guard let id = context.parameters.get("id", as: Int64.self) else {
            throw HTTPProblem.notFound("There is no such person.")
        }
        return Person.ID(id)
    }

    /// The role and the place that a form names; empty for all companies or all stores.
    private static func assignment(_ form: FormFields) throws -> RoleAssignment {
        guard let role = form["role"].flatMap(Role.init) else { throw Desk.Refused("Choose a role first.") }
        let company = try form["company"].map { text in
            guard let id = Int64(digits: text), id > 0 else {
                throw Desk.Refused("Choose a company of the list, or all.")
            }
            return Connection.ID(id)
        }
        let store = try form["store"].map { text in
            guard let store = Int(digits: text).flatMap({ StoreNumber($0) }) else {
                throw Desk.Refused("Choose a store of the list, or all.")
            }
            return store
        }
        return RoleAssignment(role, company: company, store: store)
    }
}
