// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// One-time links: somebody chooses a password, the first administrator also a name.
///
/// The link's secret goes from its address into a cookie at once, so that no page has it in its address.
struct LinkPages: Sendable {
    private static let address = "/link"

    let desk: Desk
    let pages: PageWriter

    struct LinkView {
        /// Nil for the first administrator, who chooses one.
        let name: String?
        let isFirst: Bool
        let isReset: Bool
        let entered: String
        let shortest: Int
    }

    func addRoutes(to router: Router<SiteContext>) {
        router.get("link/{secret}") { try await open($0, $1) }
        router.get("link") { try await show($0, $1) }
        router.post("link") { try await use($0, $1) }
    }

    private func open(_: Request, _ context: SiteContext) async throws -> Response {
        let people = try pages.people
        guard let text = context.parameters.get("secret"), BrowserSessions.isSecret(text),
            try await people.signIn.link(Secret(text)) != nil
        else { throw Self.spent }
        var response = Response.redirect(to: Self.address, type: .normal)
        response.headers[.referrerPolicy] = "no-referrer"
        response.setCookie(pages.sessions.cookie(ofLink: Secret(text)))
        return response
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard let secret = pages.sessions.linkSecret(of: request) else { throw Self.spent }
        return try await page(secret, request, context)
    }

    private func use(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let people = try pages.people
        guard let secret = pages.sessions.linkSecret(of: request) else { throw Self.spent }
        guard form.secret("password") == form.secret("repeated") else {
            let said = Flash(.bad, "The two passwords differ. Type the same one twice.")
            return try await page(secret, entered: form, said: said, status: .unprocessableContent, request, context)
        }
        do {
            let signedIn: SignInDesk.SignedIn? = try await people.signIn.use(
                secret, name: form["name"] ?? "", password: form.secret("password"), from: context.origin(request),
                over: context.signedIn)
            guard let signedIn else { return signInNext(context) }
            let next = signedIn.mustSetUpAuthenticator ? AuthenticatorPages.address : LocalPath.start.text
            var response = pages.redirect(
                to: next, saying: Flash(.good, "Welcome, \(signedIn.person.name). The password is yours from now on."),
                context)
            response.setCookie(pages.sessions.cookie(ofSignIn: signedIn.secret))
            response.setCookie(pages.sessions.endOfLink)
            return response
        } catch let refused as SignInDesk.Refused where refused.cause != .spentLink {
            let problem = HTTPProblem(refused)
            return try await page(
                secret, entered: form, said: Flash(.bad, problem.detail), status: problem.status, request, context)
        }
    }

    /// Somebody with an authenticator app signs in with a code.
    private func signInNext(_ context: SiteContext) -> Response {
        let said = Flash(.good, "The password is yours from now on. Sign in with it, and a code of your app.")
        var response = pages.redirect(to: SignInPages.address, saying: said, context)
        response.setCookie(pages.sessions.endOfLink)
        return response
    }

    private func page(
        _ secret: Secret, entered form: FormFields? = nil, said: Flash? = nil, status: HTTPResponse.Status = .ok,
        _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        guard let (purpose, name) = try await pages.people.signIn.link(secret) else { throw Self.spent }
        let isReset = if case .passwordReset = purpose { true } else { false }
        let view = LinkView(
            name: name?.text, isFirst: purpose == .firstAdministrator, isReset: isReset,
            entered: String((form?["name"] ?? "").prefix(100)), shortest: PasswordRule.shortest)
        return try await pages.page(
            .link, view, title: "Choose a password", part: nil, said: said, status: status, request, context)
    }

    private static var spent: HTTPProblem {
        var problem = HTTPProblem(
            .gone, "The link is no longer good",
            """
            It was used, has run out, or another one took its place. Ask an administrator for a new link. If you have a \
            password already, sign in.
            """)
        // Also where the link was only typed wrong: most of its secret may be right.
        problem.headers[.referrerPolicy] = "no-referrer"
        return problem
    }
}
