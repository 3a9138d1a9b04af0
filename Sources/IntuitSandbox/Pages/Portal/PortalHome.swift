// SPDX-License-Identifier: Apache-2.0

/// `/app/developer/homepage`: where the developer's side begins.
enum PortalHome {
    static let path = "/app/developer/homepage"

    static func body(_ user: SandboxUser?) -> HTML {
        """
        <div class="hero"><h1>Developer homepage</h1>
        <p class="lead">Apps, their keys, and the OAuth 2.0 Playground, as on Intuit's developer site, with another
        look. Nothing you enter leaves this machine.</p></div>
        \(user == nil ? stranger : known)
        """
    }

    private static let stranger: HTML = """
        <p>Click <b>Sign In</b> in the upper right corner, with the same credentials as for QuickBooks Online. The
        sign-in page shows sample credentials.</p>
        """

    private static let known: HTML = """
        <p>Select <b>My Hub</b> above, and then <b>Playground</b>, to get a refresh token by hand.</p>
        \(MyHubPage.cards)
        """
}

/// `/app/developer/myhub`: the entries of the menu My Hub, each with a sentence.
enum MyHubPage {
    static let path = "/app/developer/myhub"

    static let body: HTML = """
        <h1>My Hub</h1>
        \(cards)
        """

    static let cards: HTML = """
        <div class="cards">
        <section class="card"><h2><a href="/app/developer/playground">Playground</a></h2>
        <p>Get an authorization code, tokens and a Realm ID for one of your apps, step by step.</p></section>
        <section class="card"><h2><a href="/app/developer/dashboard">App dashboard</a></h2>
        <p>Your apps: Client ID and Client Secret, redirect URIs, and where QuickBooks sends users.</p></section>
        <section class="card"><h2><a href="/app/apps">My Apps</a></h2>
        <p>The QuickBooks side: which apps a company has connected, and Disconnect.</p></section>
        </div>
        """
}
