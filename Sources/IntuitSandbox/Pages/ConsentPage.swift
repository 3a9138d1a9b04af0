// SPDX-License-Identifier: Apache-2.0

/// Where a user picks a company and says yes or no.
struct ConsentPage {
    var request: ConsentRequest
    var appName: String
    var environment: SandboxEnvironment
    var user: SandboxUser
    var companies: [(realmID: String, name: String)]
    var action: String

    var html: HTML {
        PageLayout.html(
            title: "Connect to QuickBooks",
            body: """
                <h1>Connect \(appName) to QuickBooks</h1>
                <p>Signed in as \(user.name), \(user.email). <a href="\(otherUser)">Use another account</a></p>
                <p>The app <b>\(appName)</b>, with its \(environment.keyWord.lowercased()) Client ID
                <code>\(request.clientID)</code>, asks for:</p>
                <ul>
                \(request.scopes.map { "<li><code>\($0)</code></li>" as HTML })
                </ul>
                <form method="post" action="\(action)">
                \(request.parameters.map { Fields.hidden($0.name, $0.value) })
                \(HTML.when(request.reachesCompany, question))
                <div class="actions">
                <button class="main" name="decision" value="connect"\(HTML.when(isHopeless, " disabled"))>\
                Connect</button>
                <button name="decision" value="cancel">Cancel</button>
                </div>
                </form>
                """)
    }

    private var otherUser: String {
        let query = request.parameters.map { "\($0.name)=\(percentEncoded($0.value))" }.joined(separator: "&")
        return "\(SignInPage.path)?next=\(percentEncoded("/connect/oauth2?\(query)"))"
    }

    /// Signing in alone names no company, so there is nothing to choose.
    private var question: HTML {
        """
        <fieldset>
        <legend>Which company?</legend>
        \(companies.map(choice))
        </fieldset>
        \(HTML.when(isHopeless, nobody))
        """
    }

    private var isHopeless: Bool { request.reachesCompany && firstOfOwn == nil }

    private var firstOfOwn: String? { companies.first { user.administers($0.realmID) }?.realmID }

    private func choice(_ company: (realmID: String, name: String)) -> HTML {
        let isOwn = user.administers(company.realmID)
        return """
            <label class="tick\(HTML.when(!isOwn, " off"))"><input type="radio" name="realmId" \
            value="\(company.realmID)"\(HTML.when(company.realmID == firstOfOwn, " checked"))\
            \(HTML.when(!isOwn, " disabled"))>
            <span>\(company.name) <small>(Realm ID \(company.realmID))</small>\
            \(HTML.when(!isOwn, "<br><small>\(reason(company.realmID))</small>"))</span></label>
            """
    }

    private func reason(_ realmID: String) -> String {
        user.roles[realmID] == nil
            ? "You don't belong to this company."
            : "You are a standard user here; only a company administrator can connect apps."
    }

    private let nobody: HTML = """
        <p class="message trouble" role="alert">You administer none of these companies, so there is nothing you can
        connect. Use another account, or have an administrator make you one (page Manage users).</p>
        """
}
