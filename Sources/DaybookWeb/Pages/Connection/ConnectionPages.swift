// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The connection's page, and the way to Intuit and back.
struct ConnectionPages: Sendable {
    let desk: Desk
    let pages: PageWriter
    let clock: any WallClock

    func addRoutes(to router: Router<SiteContext>) {
        router.get("connection") { try await show($0, $1) }
        router.post("connection/connect") { try await connect($0, $1) }
        router.get("connection/callback") { try await comeBack($0, $1) }
        router.post("connection/disconnect") { try await disconnect($0, $1) }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let view = ConnectionView(
            try await pages.connectionState(), history: try await desk.connectionHistory(.first), now: clock.now,
            shown: pages.shown)
        return try await pages.page(.connection, view, title: "Connection", part: .connection, request, context)
    }

    private func connect(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await pages.forms.read(request, context)
        do {
            return try await ConsentLeave(desk: desk, pages: pages).begin(request, context)
        } catch let refused as Desk.Refused {
            let next = try await desk.clientID() == nil ? "/account-numbers/settings" : "/connection"
            return pages.redirect(to: next, saying: Flash(.bad, refused.message), context)
        }
    }

    /// Where Intuit sends the browser.
    ///
    /// The code in the address is used at once and the address left behind.
    private func comeBack(_ request: Request, _ context: SiteContext) async throws -> Response {
        let answer = FormFields(parsing: request.uri.query ?? "")
        return pages.redirect(to: "/connection", saying: try await outcome(of: answer, context), context)
    }

    private func outcome(of answer: FormFields, _ context: SiteContext) async throws -> Flash {
        if let error = answer["error"] { return Self.flash(forError: error) }
        guard let code = answer["code"], let state = answer["state"], let realmID = answer["realmId"] else {
            return Flash(
                .bad, "Intuit's answer was incomplete; nothing was changed. Press Connect to QuickBooks again.")
        }
        guard let browser = context.browser, !browser.isNew else {
            return Flash(
                .bad,
                "This browser did not begin the connection; nothing was changed. Press Connect to QuickBooks here.")
        }
        do {
            let connected = try await desk.finishConnect(
                code: Secret(code), state: state, realmID: realmID, browser: browser.secret, by: SiteContext.person)
            return .connected(connected)
        } catch let refused as Desk.Refused {
            return Flash(.bad, refused.message, details: ["Whatever was connected before stays as it was."])
        }
    }

    private static func flash(forError error: String) -> Flash {
        if error == "access_denied" {
            return Flash(.bad, "Intuit says that consent was not given; nothing was changed.")
        }
        let code = error.filter { $0.isASCII && ($0.isLetter || $0 == "_") }.prefix(40)
        return Flash(.bad, "Intuit could not ask for consent (\(code)); nothing was changed. Check the app's keys.")
    }

    private func disconnect(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await pages.forms.read(request, context)
        do {
            try await desk.disconnect(.first, by: SiteContext.person)
        } catch let refused as Desk.Refused {
            return pages.redirect(to: "/connection", saying: Flash(.bad, refused.message), context)
        }
        let said = Flash(.good, "Disconnected. Transactions are still taken and wait for the next connection.")
        return pages.redirect(to: "/connection", saying: said, context)
    }
}
