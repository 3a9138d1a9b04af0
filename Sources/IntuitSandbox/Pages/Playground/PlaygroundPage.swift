// SPDX-License-Identifier: Apache-2.0

/// `/app/developer/playground`: the steps from an app to a refresh token, one below the other.
struct PlaygroundPage {
    var workspaces: [SandboxWorkspace]
    var workspaceID: String
    var registrations: [SandboxRegistration]
    var app: SandboxApp?
    var state: Playground

    var body: HTML {
        """
        <h1>OAuth 2.0 Playground</h1>
        <p class="lead">Tokens got here are ordinary tokens of the app: paste the Realm ID and the refresh token into
        another program, and it goes on with them. If both refresh, both compete for the rotation.</p>
        \(authorization)
        \(exchange)
        \(calls)
        \(refresh)
        """
    }

    // MARK: Step 1

    private var authorization: HTML {
        step(
            1, "Get authorization code",
            """
            <form method="post" action="\(Playground.path)/select">
            <div class="row">
            \(Fields.choice("Select workspace", "workspace", options: workspaceOptions, sendsItself: true))
            \(Fields.choice("Select App", "app", options: appOptions, sendsItself: true))
            </div>
            <p class="hint">The page shows an app's keys as soon as you choose it.</p>
            <noscript><button>Show keys</button></noscript>
            </form>
            \(HTML.with(app, settings))
            """)
    }

    private var workspaceOptions: [Fields.Option] {
        workspaces.map {
            Fields.Option(value: $0.workspaceID, label: $0.name, isChosen: $0.workspaceID == workspaceID)
        }
    }

    private var appOptions: [Fields.Option] {
        [Fields.Option(value: "", label: "Select an app …", isChosen: app == nil)]
            + registrations.flatMap { app in
                [SandboxEnvironment.production, .sandbox].map { environment in
                    let clientID = app.clientID(in: environment)
                    return Fields.Option(
                        value: clientID, label: "\(app.name) (\(environment.keyWord))",
                        isChosen: clientID == self.app?.clientID)
                }
            }
    }

    private func settings(_ app: SandboxApp) -> HTML {
        """
        <div id="keys">
        \(Fields.copyable("Client ID", "clientId", value: app.clientID))
        \(Fields.copyable("Client Secret", "clientSecret", value: app.clientSecret))
        \(Fields.copyable("Redirect URI", "redirectUri", value: SandboxApp.playgroundRedirectURI))
        </div>
        <form method="post" action="\(Playground.path)/authorize">
        <fieldset><legend>OAuth Settings</legend>
        <p class="hint">Scopes: what the app may do. Accounting alone is enough to post transactions.</p>
        \(Scopes.offered.map { Fields.tick("<code>\($0)</code>", "scope", value: $0, isOn: state.scopes.contains($0)) })
        </fieldset>
        <div class="actions"><button class="main">Get authorization code</button></div>
        </form>
        """
    }

    // MARK: Step 2

    private var exchange: HTML {
        guard let code = state.code else {
            return step(
                2, "Get tokens from the authorization code", waiting("Waits for the authorization code of step 1."))
        }
        return step(
            2, "Get tokens from the authorization code",
            """
            \(Fields.copyable("Authorization code", "code", value: code))
            \(state.realmID.map { Fields.copyable("Realm ID", "realmId", value: $0) } ?? noRealm)
            <form method="post" action="\(Playground.path)/tokens" class="actions">
            <button class="main">Get tokens</button></form>
            """)
    }

    private let noRealm: HTML = """
        <p class="hint">No Realm ID: only an app that asks for an accounting or payment scope is told the company.</p>
        """

    // MARK: Step 3

    private var calls: HTML {
        guard let tokens = state.tokens else {
            return step(3, "Make API calls", waiting("Waits for the tokens of step 2."))
        }
        return step(
            3, "Make API calls",
            """
            \(Fields.copyable("Access token", "accessToken", value: tokens.accessToken))
            <p class="hint">expires_in: \(tokens.expiresIn) seconds</p>
            <form method="post" action="\(Playground.path)/company">
            <p>A sample call: <code>GET /v3/company/\(state.realmID ?? "")/companyinfo/\(state.realmID ?? "")</code></p>
            <div class="actions"><button>CompanyInfo</button></div></form>
            \(HTML.with(state.company) { answer in
                "<h3>Answer: \(answer.status)</h3><pre tabindex=\"0\">\(answer.body)</pre>"
            })
            """)
    }

    // MARK: Step 4

    private var refresh: HTML {
        guard let tokens = state.tokens else {
            return step(4, "Refresh token", waiting("Your refresh token will be listed here, after step 2."))
        }
        return step(
            4, "Refresh token",
            """
            <form method="post" action="\(Playground.path)/refresh">
            \(Fields.copyable("Refresh token", "refreshToken", value: tokens.refreshToken, name: "refreshToken"))
            <dl class="facts">
            <dt>expires_in</dt><dd>\(tokens.expiresIn) (the access token: \(Spans.words(tokens.expiresIn)))</dd>
            <dt>x_refresh_token_expires_in</dt>
            <dd>\(tokens.refreshExpiresIn) (the refresh token, unused: \(Spans.words(tokens.refreshExpiresIn)))</dd>
            <dt>Received</dt><dd>\(tokens.received.httpDate)</dd>
            </dl>
            \(HTML.with(tokens.idToken) { Fields.copyable("ID token", "idToken", value: $0) })
            <div class="actions"><button>Refresh access token</button></div>
            <p class="hint">A refresh here is a real one. Once the refresh token is a day old, it changes.</p>
            </form>
            """)
    }

    // MARK: Frame of a step

    private func step(_ number: Int, _ title: String, _ content: HTML) -> HTML {
        """
        <section class="card step" id="step-\(number)" aria-labelledby="step-\(number)-title">
        <h2 id="step-\(number)-title">Step \(number): \(title)</h2>
        \(HTML.with(state.said?.step == number ? state.said?.message : nil) { $0.markup })
        \(content)
        </section>
        """
    }

    private func waiting(_ sentence: String) -> HTML { "<p class=\"hint\">\(sentence)</p>" }
}
