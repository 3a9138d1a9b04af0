// SPDX-License-Identifier: Apache-2.0

/// One set of keys of an app: credentials, redirect URIs, app URLs, scopes.
struct AppPage {
    var registration: SandboxRegistration
    var app: SandboxApp
    /// How many connections use these keys.
    var companies: Int

    var body: HTML {
        """
        <p class="crumbs"><a href="\(MyHubPage.path)">My Hub</a> › <a href="\(Dashboard.path)">App dashboard</a></p>
        <h1>\(registration.name)</h1>
        <nav class="tabs" aria-label="Keys">\([SandboxEnvironment.sandbox, .production].map(tab))</nav>
        \(credentials)
        \(redirectURIs)
        \(urls)
        \(scopes)
        \(standing)
        """
    }

    private func tab(_ environment: SandboxEnvironment) -> HTML {
        """
        <a href="\(Dashboard.path(app.appID, environment))"\
        \(HTML.when(environment == app.environment, " aria-current=\"page\""))>\(environment.keyWord)</a>
        """
    }

    private func action(_ act: String) -> String { "\(Dashboard.path(app))/\(act)" }

    private var credentials: HTML {
        """
        <section class="card" aria-labelledby="keys"><h2 id="keys">Keys &amp; credentials</h2>
        \(Fields.copyable("Client ID", "clientId", value: app.clientID))
        \(Fields.copyable("Client Secret", "clientSecret", value: app.clientSecret))
        \(HTML.with(app.previousSecret, previousSecret))
        <form method="post" action="\(action("rotate-secret"))">
        \(Fields.tick("Keep the present secret working beside the new one for now", "keepPrevious"))
        <div class="actions"><button>Rotate secret</button></div>
        <p class="hint">Connections go on working: a refresh token belongs to the Client ID, not to the secret.</p>
        </form></section>
        """
    }

    private func previousSecret(_ secret: String) -> HTML {
        """
        \(Fields.copyable("Previous Client Secret, which still works", "previousSecret", value: secret))
        \(buttonForm("Drop the previous secret", action: action("drop-secret")))
        """
    }

    private var redirectURIs: HTML {
        let rule: HTML =
            app.environment == .production
            ? "Production keys take https with a real domain; no localhost, no IP address."
            : "Development keys take https with a real domain, and http://localhost with any port; no IP address."
        return """
            <section class="card" aria-labelledby="uris"><h2 id="uris">Redirect URIs</h2>
            <p class="hint">\(rule) They are compared to the last character, slashes included.</p>
            <table class="stack"><tbody>
            \(app.redirectURIs.map { uri in
                """
                <tr><td><code>\(uri)</code></td><td>\(buttonForm(
                    "Remove", action: action("remove-redirect-uri"), fields: [("uri", uri)], style: "quiet"))</td></tr>
                """
            })
            </tbody></table>
            <form method="post" action="\(action("add-redirect-uri"))">
            \(Fields.text("Another redirect URI", "uri"))
            <div class="actions"><button>Add URI</button></div>
            </form></section>
            """
    }

    private var urls: HTML {
        """
        <section class="card" aria-labelledby="urls"><h2 id="urls">App URLs</h2>
        <form method="post" action="\(action("urls"))">
        <div class="row">
        \(Fields.text("Host domain", "hostDomain", value: app.urls.hostDomain ?? "", hint: "Without https://"))
        \(Fields.text("Launch URL", "launch", value: app.urls.launch ?? "", hint: "Opened from QuickBooks"))
        \(Fields.text(
            "Disconnect URL", "disconnect", value: app.urls.disconnect ?? "",
            hint: "Where the browser goes after Disconnect in QuickBooks"))
        \(Fields.text(
            "Reconnect URL", "reconnect", value: app.urls.reconnect ?? "",
            hint: "Where QuickBooks sends users whose connection is broken or near its end"))
        </div>
        <div class="actions"><button>Save app URLs</button></div>
        </form></section>
        """
    }

    private var scopes: HTML {
        let further = Scopes.known.subtracting(registration.scopes).sorted()
        return """
            <section class="card" aria-labelledby="scopes"><h2 id="scopes">Scopes of the app</h2>
            <p>\(registration.scopes.sorted().map { "<span class=\"tag\">\($0)</span>" as HTML })</p>
            \(HTML.when(!further.isEmpty, """
                <form method="post" action="\(action("scopes"))">
                \(further.map { Fields.tick("<code>\($0)</code>", "scope", value: $0) })
                <div class="actions"><button>Add scopes</button></div></form>
                """))
            </section>
            """
    }

    private var standing: HTML {
        """
        <section class="card" aria-labelledby="standing"><h2 id="standing">Standing</h2>
        <p>\(companies == 1 ? "1 connection uses" : "\(companies) connections use") these keys.
        \(app.isAllowed
            ? "Intuit allows them."
            : "Intuit does not allow them: token calls get <code>unauthorized_client</code>.")</p>
        \(buttonForm(
            app.isAllowed ? "Disallow these keys" : "Allow these keys", action: action("allowed"),
            fields: [("allowed", app.isAllowed ? "no" : "yes")], style: app.isAllowed ? "danger" : ""))
        </section>
        """
    }
}
