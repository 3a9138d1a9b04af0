// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Hummingbird
import HummingbirdCore

/// **Connect to QuickBooks** for a program that has no browser: it shows Intuit's address to a person and is
/// told the address that Intuit sent that person back to.
struct ConsentsAPI: Sendable {
    let desk: Desk
    let sessions: BrowserSessions

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.post("consents") { try await begin($0, $1) }
        api.post("consents/finish") { try await finish($0, $1) }
    }

    /// Answers with the address of Intuit's consent page, and with the cookie that is needed to finish.
    private func begin(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: ConsentBody.self)
        let browser = browser(context)
        let url = try await desk.credentials.beginConnect(
            try body.target(), browser: browser.secret, by: context.actor)
        var response = try JSONAnswer.response(["url": url.absoluteString])
        response.setCookie(sessions.cookie(for: browser))
        return response
    }

    private func finish(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: RedirectBody.self)
        let connected = try await desk.credentials.finishConnect(
            pasted: body.redirectedTo, browser: browser(context).secret, by: context.actor)
        return try JSONAnswer.response(ConnectOutcomeResponse(connected))
    }

    private func browser(_ context: SiteContext) -> BrowserSession {
        guard let browser = context.browser else { preconditionFailure("BrowserSessions runs before the API") }
        return browser
    }
}
