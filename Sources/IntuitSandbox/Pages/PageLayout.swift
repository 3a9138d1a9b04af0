// SPDX-License-Identifier: Apache-2.0

/// A page to be framed.
struct Page: Sendable {
    /// How much of the frame is wanted.
    enum Frame: Sendable {
        /// Menu, and who is signed in.
        case full(SandboxUser?)
        /// Only the sandbox's name, without a menu: consent, sign-in and error pages.
        case bare
    }

    var title: String
    var frame: Frame
    var message: Message?
    var body: HTML
    /// Widens the column, for pages with tables.
    var isWide = false
}

/// The frame of every page of the sandbox: it looks different from Intuit's, so that nobody takes it for Intuit's.
enum PageLayout {
    static func html(title: String, body: HTML) -> HTML {
        html(Page(title: title, frame: .bare, body: body))
    }

    static func html(_ page: Page) -> HTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(page.title) · Intuit sandbox</title>
        <link rel="stylesheet" href="/assets/sandbox.css">
        <script src="/assets/sandbox.js" defer></script>
        </head>
        <body>
        <a class="skip" href="#main">Skip to the page</a>
        <header class="top">
        <a class="brand" href="/">intuit-sandbox</a>
        <span class="note">an imitation on this machine; not Intuit</span>
        \(menu(page.frame))
        </header>
        <main id="main"\(HTML.when(page.isWide, " class=\"wide\""))>
        \(HTML.with(page.message) { $0.markup })
        \(page.body)
        </main>
        </body>
        </html>

        """
    }

    private static func menu(_ frame: Page.Frame) -> HTML {
        guard case .full(let user) = frame else { return .nothing }
        return """
            <nav aria-label="Main">
            \(hub)
            <a href="/app/apps">My Apps</a>
            <details class="menu"><summary>Sandbox</summary>
            <ul><li><a href="/clock">Clock</a></li><li><a href="/break">Break this connection</a></li>
            <li><a href="/people">Manage users</a></li></ul></details>
            </nav>
            \(account(user))
            """
    }

    private static let hub: HTML = """
        <details class="menu"><summary>My Hub</summary>
        <ul><li><a href="/app/developer/playground">Playground</a></li>
        <li><a href="/app/developer/dashboard">App dashboard</a></li>
        <li><a href="/app/developer/myhub">All of My Hub</a></li></ul></details>
        """

    private static func account(_ user: SandboxUser?) -> HTML {
        guard let user else {
            return "<div class=\"account\"><a class=\"button main\" href=\"\(SignInPage.path)\">Sign In</a></div>"
        }
        return """
            <div class="account"><span>\(user.name)</span>
            \(buttonForm("Sign out", action: "/app/sign-out", style: "quiet"))</div>
            """
    }
}
