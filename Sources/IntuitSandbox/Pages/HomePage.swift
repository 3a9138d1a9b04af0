// SPDX-License-Identifier: Apache-2.0

/// The page that a browser gets at the sandbox's address.
enum HomePage {
    static func body(base: String) -> HTML {
        """
        <h1>Intuit on the desk</h1>
        <p class="lead">This server imitates Intuit's developer side, its OAuth 2.0 server and the QuickBooks Online
        Accounting API well enough to develop and test against, offline. Its books are real double-entry books; its
        companies, keys and people are made up.</p>
        <h2>Pages</h2>
        \(table(pages, head: "Page") { path, meaning in "<a href=\"\(path)\">\(meaning.0)</a>" })
        <h2>Addresses for programs</h2>
        \(table(addresses, head: "Address") { path, _ in "<code>\(base + path)</code>" })
        <p>Every address answers as Intuit's sandbox does; put <code>/production</code> in front of the path
        for production.</p>
        <h2>What it does not imitate</h2>
        <ul>
        <li>webhooks, change data capture, attachments, PDFs, e-mail;</li>
        <li>sales forms, payments, items, payroll, sales tax calculation, more than one currency;</li>
        <li>reports other than the trial balance;</li>
        <li>GraphQL and the premium APIs behind the other scopes;</li>
        <li>Intuit's questionnaire before production keys, its app store, and its review of apps.</li>
        </ul>
        """
    }

    private typealias Entry = (path: String, meaning: (name: String, text: HTML))

    private static func table(_ entries: [Entry], head: HTML, _ first: (String, (String, HTML)) -> HTML) -> HTML {
        """
        <table class="stack"><thead><tr><th>\(head)</th><th>What is there</th></tr></thead><tbody>
        \(entries.map { entry in
            "<tr><td>\(first(entry.path, entry.meaning))</td><td>\(entry.meaning.text)</td></tr>"
        })
        </tbody></table>
        """
    }

    private static let pages: [Entry] = [
        (PortalHome.path, ("Developer homepage", "Sign In, the developer terms, company data")),
        (Playground.path, ("Playground", "authorization code, tokens and Realm ID by hand, step by step")),
        (Dashboard.path, ("App dashboard", "apps: keys, redirect URIs, app URLs, secret rotation")),
        (CompanyAppsPage.path, ("My Apps", "QuickBooks' list of connected apps: Disconnect, Reconnect, Launch")),
        (PeoplePage.path, ("Manage users", "who administers which company")),
        (ClockPage.path, ("Clock", "the sandbox's time, to be turned forward")),
        (BreakPage.path, ("Break this connection", "what can go wrong with a connection, at the press of a button")),
    ]

    private static let addresses: [Entry] = [
        ("/.well-known/openid_sandbox_configuration", ("", "discovery document for development keys")),
        ("/.well-known/openid_configuration", ("", "discovery document for production keys")),
        ("/connect/oauth2", ("", "consent page")),
        ("/oauth2/v1/tokens/bearer", ("", "token endpoint")),
        ("/v2/oauth2/tokens/revoke", ("", "revocation endpoint")),
        ("/v1/openid_connect/userinfo", ("", "OpenID: who has signed in")),
        ("/op/v1/jwks", ("", "OpenID: the keys that sign id_tokens")),
        ("/v3/company/{realm}/…", ("", "Accounting API")),
        ("/_sandbox/status", ("", "keys, people, companies, counters and settings of this sandbox")),
        ("/_sandbox/clock", ("", "its time; <code>POST /_sandbox/clock/advance</code> turns it")),
        ("/_sandbox/mishaps", ("", "what goes wrong, and how often (POST)")),
        ("/_sandbox/break", ("", "breaks a connection; <code>/_sandbox/mend</code> mends (POST)")),
        ("/_sandbox/throttles", ("", "request limits on or off (POST)")),
    ]
}
