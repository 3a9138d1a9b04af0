// SPDX-License-Identifier: Apache-2.0

/// `/app/apps`: a company's connected apps, as QuickBooks lists them under Apps › My Apps.
struct CompanyAppsPage {
    static let path = "/app/apps"

    struct Section: Sendable {
        var realmID: String
        var name: String
        var isAdmin: Bool
        var connections: [Connection]
    }

    struct Connection: Sendable {
        var clientID: String
        var appName: String
        var keyWord: String
        var connectedBy: String
        var since: String
        var hasExpired: Bool
        /// Addresses at the app, with the Realm ID in them; nil where the app has none.
        var reconnect: String?
        var launch: String?
    }

    var sections: [Section]

    var body: HTML {
        """
        <h1>My Apps</h1>
        <p class="lead">What QuickBooks Online shows under Apps: the apps a company is connected with. Disconnect ends
        an app's tokens at once, and nobody tells the app; it finds out at its next call.</p>
        \(sections.map(Self.section))
        \(HTML.when(sections.isEmpty, "<p>You belong to no company.</p>"))
        """
    }

    private static func section(_ section: Section) -> HTML {
        """
        <section class="card" aria-label="\(section.name)">
        <h2>\(section.name)</h2>
        <p class="hint">Realm ID <code>\(section.realmID)</code></p>
        \(HTML.when(section.connections.isEmpty, "<p>No app is connected.</p>"))
        \(HTML.when(!section.connections.isEmpty, table(section)))
        \(HTML.when(!section.isAdmin, """
            <p class="hint">You are a standard user here; only a company administrator can disconnect apps.</p>
            """))
        </section>
        """
    }

    private static func table(_ section: Section) -> HTML {
        """
        <table class="stack"><thead><tr><th>App</th><th>Connected</th><th>Actions</th></tr></thead><tbody>
        \(section.connections.map { row($0, section) })
        </tbody></table>
        """
    }

    private static func row(_ connection: Connection, _ section: Section) -> HTML {
        """
        <tr><td><b>\(connection.appName)</b><br><span class="hint">\(connection.keyWord) keys</span></td>
        <td>\(connection.connectedBy)<br><span class="hint">since \(connection.since)</span>
        \(HTML.when(connection.hasExpired, "<br><span class=\"tag bad\">Expired: the app has to be reconnected</span>"))
        </td>
        <td><div class="actions">
        \(HTML.with(connection.reconnect) { "<a class=\"button\" href=\"\($0)\">Reconnect</a>" })
        \(HTML.with(connection.launch) { "<a class=\"button\" href=\"\($0)\">Launch</a>" })
        \(HTML.when(section.isAdmin, buttonForm(
            "Disconnect", action: "\(path)/disconnect",
            fields: [("realmId", section.realmID), ("clientId", connection.clientID)], style: "danger")))
        </div></td></tr>
        """
    }
}
