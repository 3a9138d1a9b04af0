// SPDX-License-Identifier: Apache-2.0
import Daybook
import Hummingbird
import HummingbirdCore

/// A page of help: from a broken connection to an empty queue.
struct HelpPages: Sendable {
    let desk: Desk
    let pages: PageWriter

    struct HelpView {
        let redirectURI: String
        /// Whether the redirect URI has https, as production keys need.
        let isSecure: Bool
        let scope = "com.intuit.quickbooks.accounting"
    }

    func addRoutes(to router: Router<SiteContext>) {
        router.get("help") { request, context in
            try await pages.page(
                .help, HelpView(redirectURI: desk.redirectURI, isSecure: pages.settings.origin.isSecure), title: "Help",
                part: .help, request, context)
        }
    }
}
