// SPDX-License-Identifier: Apache-2.0
import Daybook
import Hummingbird
import HummingbirdCore

/// The addresses to which Intuit sends people: after a consent, to reconnect, after a disconnect.
///
/// The last two only say what happened and offer the button: a person who follows a link must not change anything.
struct IntuitReturnPages: Sendable {
    let desk: Desk
    let pages: PageWriter

    static let callback = "/connection/callback"
    static let reconnect = "/connection/reconnect"
    static let disconnected = "/connection/disconnected"

    func addRoutes(to router: Router<SiteContext>) {
        router.get("connection/callback") { try await comeBack($0, $1) }
        // Only a visit uses the code: a preview or a link checker asks with HEAD first.
        router.head("connection/callback") { _, _ in Response(status: .ok) }
        router.get("connection/reconnect") { try await land(.reconnect, $0, $1) }
        router.get("connection/disconnected") { try await land(.disconnected, $0, $1) }
    }

    /// Uses the code at once and redirects, so that the code does not stay in the address line.
    private func comeBack(_ request: Request, _ context: SiteContext) async throws -> Response {
        let answer = FormFields(parsing: request.uri.query ?? "")
        if let error = answer["error"] {
            return pages.redirect(
                to: "/connections", saying: try await denial(error, answer["state"], context), context)
        }
        guard let code = answer["code"], let state = answer["state"], let realmID = answer["realmId"] else {
            let said = Flash(
                .bad, "Intuit's answer was incomplete; nothing was changed. Press Connect to QuickBooks again.")
            return pages.redirect(to: "/connections", saying: said, context)
        }
        guard let browser = context.browser, !browser.isNew else {
            return try await stay("This browser did not begin the connection; nothing was changed.", request, context)
        }
        do {
            let connected = try await desk.credentials.finishConnect(
                code: Secret(code), state: state, realmID: realmID, browser: browser.secret, by: context.actor)
            return pages.redirect(
                to: ConnectionAddress(id: connected.connection).page, saying: .connected(connected), context)
        } catch let refused as Desk.Refused where refused == Desk.unknownConsent {
            return try await stay(refused.message, request, context)
        } catch let refused as Desk.Refused {
            let said = Flash(.bad, refused.message, link: refused.offersNewCompany ? .anotherCompany : nil)
            return pages.redirect(to: "/connections", saying: said, context)
        }
    }

    private func denial(_ error: String, _ state: String?, _ context: SiteContext) async throws -> Flash {
        // A browser without a session has not begun a consent.
        let browser = context.browser?.secret ?? Secret("")
        let refused = try await desk.credentials.denied(error, state: state, browser: browser, by: context.actor)
        return Flash(.bad, refused.message)
    }

    /// The consent may have begun in a terminal, which needs the address: it stays in the browser's address line.
    private func stay(_ message: String, _ request: Request, _ context: SiteContext) async throws -> Response {
        try await pages.page(
            .elsewhere, Elsewhere(message: message), title: "Back from Intuit", part: .connections, request, context)
    }

    private struct Elsewhere {
        let message: String
    }

    private func land(_ landing: Landing, _ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = FormFields(parsing: request.uri.query ?? "")["realmId"]
        var overview: ConnectionOverview?
        let overviews = try await pages.overviews(for: context.actor)
        if let asked { overview = try await desk.connections.connection(realmID: asked).flatMap { overviews[$0.id] } }
        let view = LandingView(landing, overview, realmID: asked, waiting: overviews)
        return try await pages.page(.landing, view, title: view.heading, part: .connections, request, context)
    }
}
