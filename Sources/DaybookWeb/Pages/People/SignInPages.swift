// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Sign in, sign in again for what needs a fresh sign-in, and sign out.
struct SignInPages: Sendable {
    static let address = "/sign-in"
    static let again = "/sign-in/again"

    /// The address of the page Sign in again, which then goes on to another page.
    static func again(to page: String) -> String { "\(again)?next=\((LocalPath(page) ?? .start).encoded)" }

    let desk: Desk
    let pages: PageWriter

    struct SignInView {
        let name: String
        let next: String
    }

    func addRoutes(to router: Router<SiteContext>) {
        router.get("sign-in") { try await show($0, $1) }
        router.post("sign-in") { try await signIn($0, $1) }
        router.get("sign-in/again") { try await showAgain($0, $1) }
        router.post("sign-in/again") { try await signInAgain($0, $1) }
        router.post("sign-out") { try await signOut($0, $1) }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let next = Self.next(FormFields(parsing: request.uri.query ?? ""))
        _ = try pages.people
        guard context.signedIn == nil, desk.people?.signIn.isRequired == true else {
            return Response.redirect(to: next.text, type: .normal)
        }
        return try await page(.signIn, SignInView(name: "", next: next.text), "Sign in", request, context)
    }

    private func signIn(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let people = try pages.people
        let next = Self.next(form)
        do {
            let signedIn = try await people.signIn.signIn(
                name: form["name"] ?? "", password: form.secret("password"), code: form["code"] ?? "",
                from: context.origin(request), over: context.signedIn)
            return go(to: next, signedIn)
        } catch let refused as SignInDesk.Refused {
            let view = SignInView(name: String((form["name"] ?? "").prefix(100)), next: next.text)
            return try await page(.signIn, view, "Sign in", refused: refused, request, context)
        }
    }

    private func showAgain(_ request: Request, _ context: SiteContext) async throws -> Response {
        let signedIn = try context.needsSignedIn
        let next = Self.next(FormFields(parsing: request.uri.query ?? ""))
        let view = SignInView(name: signedIn.person.name.text, next: next.text)
        return try await page(.signInAgain, view, "Sign in again", request, context)
    }

    private func signInAgain(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        let (people, signedIn) = (try pages.people, try context.needsSignedIn)
        let next = Self.next(form)
        do {
            let fresh = try await people.signIn.signInAgain(
                signedIn, password: form.secret("password"), code: form["code"] ?? "", from: context.origin(request))
            return go(to: next, fresh)
        } catch let refused as SignInDesk.Refused {
            let view = SignInView(name: signedIn.person.name.text, next: next.text)
            return try await page(.signInAgain, view, "Sign in again", refused: refused, request, context)
        }
    }

    private func signOut(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await pages.forms.read(request, context)
        let (people, signedIn) = (try pages.people, try context.needsSignedIn)
        try await people.signIn.signOut(signedIn)
        var response = pages.redirect(to: Self.address, saying: Flash(.good, "You have signed out."), context)
        response.setCookie(pages.sessions.endOfSignIn)
        return response
    }

    private func go(to next: LocalPath, _ signedIn: SignInDesk.SignedIn) -> Response {
        let address = signedIn.mustSetUpAuthenticator ? AuthenticatorPages.address : next.text
        var response = Response.redirect(to: address, type: .normal)
        response.setCookie(pages.sessions.cookie(ofSignIn: signedIn.secret))
        return response
    }

    private func page(
        _ template: Template, _ view: SignInView, _ title: String, refused: SignInDesk.Refused? = nil,
        _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let problem = refused.map { HTTPProblem($0) }
        var response = try await pages.page(
            template, view, title: title, part: nil, said: problem.map { Flash(.bad, $0.detail) },
            status: problem?.status ?? .ok, request, context)
        if let problem { response.headers.append(contentsOf: problem.headers) }
        return response
    }

    private static func next(_ fields: FormFields) -> LocalPath { fields["next"].flatMap { LocalPath($0) } ?? .start }
}

extension PageWriter {
    /// - Throws: ``HTTPProblem`` where this Daybook has no sign-in.
    var people: Desk.People {
        get throws {
            guard let people = desk.people else { throw HTTPProblem.notFound("This Daybook has no sign-in.") }
            return people
        }
    }
}

extension SiteContext {
    /// - Throws: ``HTTPProblem`` as long as nobody has signed up.
    var needsSignedIn: SignInDesk.SignedIn {
        get throws {
            guard let signedIn else {
                throw HTTPProblem.notFound(
                    """
                    Nobody has signed up at this Daybook yet, so it asks nobody who they are. The first start of the \
                    server shows a link for the first administrator.
                    """)
            }
            return signedIn
        }
    }

    /// Where a sign-in comes from.
    func origin(_ request: Request) -> SignInDesk.Origin {
        SignInDesk.Origin(source: source, browser: request.headers[.userAgent] ?? "unknown")
    }
}

extension FormFields {
    /// A password as it was typed, with its spaces.
    func secret(_ name: String) -> Secret { Secret(all(name).first ?? "") }
}
