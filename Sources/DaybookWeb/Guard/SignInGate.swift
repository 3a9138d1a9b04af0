// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Finds out who sends a request, and lets through only what they have a right to somewhere.
///
/// While nobody has signed up, the sender is anybody on this machine, who may do everything. A request that came by a
/// proxy may be from anywhere, and is let through only to what is open. Desks decide again, and in detail.
struct SignInGate: RouterMiddleware {
    typealias Context = SiteContext

    let desk: Desk
    let identity: ServerIdentity
    let sessions: BrowserSessions
    let clock: any WallClock

    @concurrent
    func handle(
        _ request: Request, context: SiteContext,
        next: @concurrent (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let isForPrograms = SitePaths.isForPrograms(request.uri.path)
        context.asker.set(.anybody(isForPrograms ? .api : .page))
        let need = Self.need(of: request, context)
        guard let people = desk.people, people.signIn.isRequired else {
            guard !context.cameByProxy || need == .open else { throw HTTPProblem.signUpFirst }
            return try await next(request, context)
        }
        let isKnown = try await isKnown(request, context, people, need)
        let isStale = !isKnown && sessions.signInSecret(of: request) != nil
        var response =
            if let elsewhere = try detour(request, context, need, isKnown: isKnown) { elsewhere } else {
                try await next(request, context)
            }
        let isEnded = isStale && !response.headers[values: .setCookie].contains { $0.contains("daybook_session=") }
        if isEnded, !isForPrograms { response.setCookie(sessions.endOfSignIn) }
        return response
    }

    /// An address without a route is answered only to people who have signed in.
    private static func need(of request: Request, _ context: SiteContext) -> RouteAccess? {
        guard let route = context.endpointPath else { return .signedIn }
        let method = request.method.rawValue
        return RouteAccess.table["\(method) \(route)"]
            ?? (request.method == .head ? RouteAccess.table["GET \(route)"] : nil)
    }

    /// - Throws: ``HTTPProblem`` when a program's header is wrong.
    private func isKnown(
        _ request: Request, _ context: SiteContext, _ people: Desk.People, _ need: RouteAccess?
    ) async throws -> Bool {
        let isForPrograms = SitePaths.isForPrograms(request.uri.path)
        if isForPrograms, need != .open, let header = request.headers[.authorization] {
            context.asker.set(try await program(header, people, context.origin(request).source))
            return true
        }
        guard let secret = sessions.signInSecret(of: request) else { return false }
        // Only a browser sends a cookie, and a browser says with every change where it comes from.
        let saysWhere = request.headers[.origin] != nil || request.headers[.secFetchSite] != nil
        guard !isForPrograms || CrossSiteGate.isSafe(request.method) || saysWhere else { return false }
        guard let signedIn = try await people.signIn.session(secret) else { return false }
        context.asker.set(signedIn)
        return true
    }

    private func program(_ header: String, _ people: Desk.People, _ source: String) async throws -> Actor {
        let parts = header.split(separator: " ", maxSplits: 1).map(String.init)
        let value = parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        switch parts.first?.lowercased() {
        case "bearer":
            if let actor = try await people.signIn.key(Secret(value), from: source) { return actor }
            throw HTTPProblem.wrongAuthorization(
                """
                This key opens nothing: it was revoked, has ended, or never was one of this Daybook's. An administrator \
                makes keys on the page Keys.
                """, isInvalid: true)
        case ServerIdentity.commandScheme.lowercased():
            if identity.isCommand(value) { return .command("command line") }
            people.signIn.programRefused(from: source)
            throw HTTPProblem.wrongAuthorization(
                "The command belongs to another data folder, or Daybook was started again meanwhile. Run it again.",
                isInvalid: true)
        default:
            people.signIn.programRefused(from: source)
            throw HTTPProblem.wrongAuthorization("Send “Authorization: Bearer ” and a key that begins with daybook_.")
        }
    }

    /// Where a browser is sent instead; nil when the request may go on.
    ///
    /// - Throws: ``HTTPProblem``, ``Desk/NotAllowed`` or ``Desk/FreshSignInNeeded``.
    private func detour(
        _ request: Request, _ context: SiteContext, _ need: RouteAccess?, isKnown: Bool
    ) throws -> Response? {
        if need == .open { return nil }
        guard isKnown else { return try signIn(request) }
        guard let need else {
            throw HTTPProblem(.forbidden, "Not allowed", "Nobody may use this address. That is a fault of Daybook's.")
        }
        if let signedIn = context.signedIn, signedIn.mustSetUpAuthenticator, need != .ownAccess {
            return try setUpAuthenticator(request)
        }
        try check(need, context)
        return nil
    }

    private func check(_ need: RouteAccess, _ context: SiteContext) throws {
        switch need {
        case .open: return
        case .ownAccess, .signedIn:
            guard context.signedIn == nil, context.endpointPath != nil else { return }
            throw HTTPProblem(.forbidden, "Not allowed", "This is for people who have signed in, not for programs.")
        case .verbs(let verbs):
            guard let rights = context.actor.rights, !verbs.contains(where: rights.allows), let verb = verbs.first
            else { return }
            let refused = Desk.NotAllowed(verb: verb, actor: context.actor)
            desk.people?.signIn.noteRefusal(refused)
            throw refused
        case .form(let verb):
            try check(.verb(verb), context)
            if verb.needsFreshSignIn, case .person(let principal) = context.actor, !principal.isFresh(at: clock.now) {
                throw Desk.FreshSignInNeeded(verb: verb)
            }
        }
    }

    private func signIn(_ request: Request) throws -> Response {
        let isForPrograms = SitePaths.isForPrograms(request.uri.path)
        guard !isForPrograms, request.method == .get || request.method == .head else {
            throw HTTPProblem.unknown(isForPrograms: isForPrograms)
        }
        let next = LocalPath(of: request, origin: sessions.settings.origin) ?? .start
        return Response.redirect(to: "\(SignInPages.address)?next=\(next.encoded)", type: .normal)
    }

    private func setUpAuthenticator(_ request: Request) throws -> Response {
        let isForPrograms = SitePaths.isForPrograms(request.uri.path)
        guard !isForPrograms, request.method == .get || request.method == .head else {
            throw HTTPProblem(
                .forbidden, "Set up an authenticator app first",
                "You need an authenticator app before anything else; the page Account sets it up.")
        }
        return Response.redirect(to: AuthenticatorPages.address, type: .normal)
    }
}
