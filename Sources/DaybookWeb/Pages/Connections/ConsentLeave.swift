// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Hummingbird
import HummingbirdCore

/// The step from Daybook to Intuit's consent page.
struct ConsentLeave: Sendable {
    let desk: Desk
    let pages: PageWriter

    struct LeavingView {
        let address: String
    }

    /// A page that goes on by itself, with a link for browsers that don't: a redirect of the form would be
    /// stopped by our own form-action policy, which covers every redirect on the way.
    func begin(_ target: ConnectTarget, _ request: Request, _ context: SiteContext) async throws -> Response {
        guard let browser = context.browser else { preconditionFailure("BrowserSessions runs before the pages") }
        let address = try await desk.credentials.beginConnect(target, browser: browser.secret, by: context.actor)
        return try await pages.page(
            .leaving, LeavingView(address: address.absoluteString), title: "Connect to QuickBooks",
            part: .connections, request, context)
    }
}
