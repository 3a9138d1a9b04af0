// SPDX-License-Identifier: Apache-2.0

/// `/app/developer/dashboard`: the apps by workspace, and a form for another.
struct AppListPage {
    var groups: [(workspace: SandboxWorkspace, apps: [SandboxRegistration])]

    var body: HTML {
        """
        <p class="crumbs"><a href="\(MyHubPage.path)">My Hub</a> › App dashboard</p>
        <h1>App dashboard</h1>
        \(groups.map(group))
        <h2>Create an app</h2>
        <form method="post" action="\(Dashboard.path)" class="card">
        <div class="row">
        \(Fields.text("App name", "name"))
        \(Fields.choice("Workspace", "workspace", options: groups.map {
            Fields.Option(value: $0.workspace.workspaceID, label: $0.workspace.name)
        }))
        </div>
        <fieldset><legend>Scopes</legend>
        \([Scopes.accounting, Scopes.payment].map {
            Fields.tick("<code>\($0)</code>", "scope", value: $0, isOn: $0 == Scopes.accounting)
        })
        <p class="hint">Scopes can be added later, never taken away. The OpenID scopes are always there.</p>
        </fieldset>
        <div class="actions"><button class="main">Create app</button></div>
        </form>
        """
    }

    private func group(_ group: (workspace: SandboxWorkspace, apps: [SandboxRegistration])) -> HTML {
        """
        <h2>\(group.workspace.name)</h2>
        \(group.apps.isEmpty
            ? "<p class=\"hint\">No apps yet.</p>"
            : "<div class=\"cards\">\(group.apps.map(Self.card))</div>")
        """
    }

    private static func card(_ app: SandboxRegistration) -> HTML {
        """
        <section class="card" aria-label="\(app.name)"><h3>\(app.name)</h3>
        <p>Keys &amp; credentials, redirect URIs, app URLs:</p>
        <p><a href="\(Dashboard.path(app.appID, .sandbox))" aria-label="\(app.name): Development">Development</a> ·
        <a href="\(Dashboard.path(app.appID, .production))" aria-label="\(app.name): Production">Production</a></p>
        </section>
        """
    }
}
