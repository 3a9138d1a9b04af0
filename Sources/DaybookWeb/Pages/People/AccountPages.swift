// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Hummingbird
import HummingbirdCore

/// One's own account: sessions, password, authenticator app.
struct AccountPages: Sendable {
    static let address = "/account"

    let desk: Desk
    let pages: PageWriter

    struct AccountView {
        let name: String
        let roles: [String]
        let hasAuthenticator: Bool
        let sessions: [SessionView]
        let hasOthers: Bool
        let shortest: Int
        /// Whether the password can be changed without signing in again first.
        let isFresh: Bool
        let again: String
    }

    func addRoutes(to router: Router<SiteContext>) {
        router.get("account") { try await show($0, $1) }
        router.post("account/password") { try await changePassword($0, $1) }
        router.post("account/sessions/end-others") { try await endOthers($0, $1) }
        router.post("account/sessions/{serial}/end") { try await end($0, $1) }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (people, signedIn) = (try pages.people, try context.needsSignedIn)
        let sessions = try await people.ownAccount.sessions(of: signedIn).map {
            SessionView($0, page: Self.address, isHere: $0.serial == signedIn.session.serial, shown: pages.shown)
        }
        let places = PlaceNames(
            titles: try await pages.overviews(for: context.actor).titles, stores: try await desk.books.settings())
        let view = AccountView(
            name: signedIn.person.name.text, roles: places.words(signedIn.person.roles),
            hasAuthenticator: signedIn.person.hasAuthenticator, sessions: sessions, hasOthers: sessions.count > 1,
            shortest: PasswordRule.shortest, isFresh: signedIn.isFresh(at: pages.clock.now),
            again: SignInPages.again(to: Self.address))
        return try await pages.page(.account, view, title: "Account", part: nil, request, context)
    }

    private func changePassword(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await answer(request, context) { people, signedIn, form in
            guard form.secret("password") == form.secret("repeated") else {
                throw Desk.Refused("The two new passwords differ. Type the same one twice.")
            }
            try await people.ownAccount.changePassword(
                of: signedIn, from: form.secret("present"), to: form.secret("password"), at: context.origin(request))
            return "The password was changed. Your other sessions have ended."
        }
    }

    private func end(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await answer(request, context) { people, signedIn, _ in
            guard let serial = context.parameters.get("serial", as: Int64.self) else {
                throw HTTPProblem.notFound("There is no such session.")
            }
            try await people.ownAccount.end(session: serial, of: signedIn)
            return "The session has ended."
        }
    }

    private func endOthers(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await answer(request, context) { people, signedIn, _ in
            try await people.ownAccount.endOtherSessions(of: signedIn)
            return "Your other sessions have ended."
        }
    }

    private func answer(
        _ request: Request, _ context: SiteContext,
        _ act: (Desk.People, SignInDesk.SignedIn, FormFields) async throws -> String
    ) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let (people, signedIn) = (try pages.people, try context.needsSignedIn)
        do {
            let said = Flash(.good, try await act(people, signedIn, form))
            return pages.redirect(to: Self.address, saying: said, context)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: Self.address, saying: Flash(.bad, refused.message), context)
        }
    }
}

/// A session in a list, with the button that ends it.
struct SessionView {
    let serial: Int64
    let browser: String
    let source: String
    let started: String
    let used: String
    let isHere: Bool
    /// Where the button's form goes.
    let end: String

    init(_ session: Session, page: String, isHere: Bool = false, shown: ShownText) {
        serial = session.serial
        browser = session.browser
        source = session.source
        started = shown.time(session.startedAt)
        used = shown.time(session.lastUsedAt)
        self.isHere = isHere
        end = "\(page)/sessions/\(session.serial)/end"
    }
}

/// Roles and their places in words.
struct PlaceNames {
    let titles: [Connection.ID: String]
    let stores: BooksSettings

    func words(_ roles: Set<RoleAssignment>) -> [String] { Self.sorted(roles).map(words) }

    /// `Clerk, store 2 South`.
    func words(_ assignment: RoleAssignment) -> String {
        let store = assignment.store.map { number in
            "store \(number) \(stores.stores.first { $0.number == number }?.name ?? "")"
        }
        let company = assignment.company.map { titles[$0] ?? "connection \($0.value)" }
        let place = [company, store].compactMap(\.self).joined(separator: ", ")
        return "\(assignment.role.title), \(place.isEmpty ? "everywhere" : place)"
            .trimmingCharacters(in: .whitespaces)
    }

    static func sorted(_ roles: Set<RoleAssignment>) -> [RoleAssignment] {
        roles.sorted {
            ($1.role, $0.company?.value ?? 0, $0.store?.value ?? 0) < (
                $0.role, $1.company?.value ?? 0, $1.store?.value ?? 0
            )
        }
    }
}
