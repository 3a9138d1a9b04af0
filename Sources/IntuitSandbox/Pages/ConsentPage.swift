// SPDX-License-Identifier: Apache-2.0

/// Where a user picks a company and says yes or no.
struct ConsentPage {
    var request: ConsentRequest
    var environment: SandboxEnvironment
    var companies: [(realmID: String, name: String)]
    var action: String

    var html: String {
        let kind = environment == .production ? "production" : "development"
        return PageLayout.html(
            title: "Connect to QuickBooks",
            body: """
                <h1>Connect an app to QuickBooks</h1>
                <p>The app with the \(kind) Client ID <code>\(XMLText.escaped(request.clientID))</code> asks for:</p>
                <ul>
                \(request.scopes.map { "<li><code>\(XMLText.escaped($0))</code></li>" }.joined(separator: "\n"))
                </ul>
                <form method="post" action="\(action)">
                \(hiddenFields)
                <fieldset>
                <legend>Which company?</legend>
                \(choices)
                </fieldset>
                <button class="main" name="decision" value="connect">Connect</button>
                <button name="decision" value="cancel">Cancel</button>
                </form>
                """)
    }

    private var hiddenFields: String {
        request.parameters.map { field in
            "<input type=\"hidden\" name=\"\(field.name)\" value=\"\(XMLText.escaped(field.value))\">"
        }.joined(separator: "\n")
    }

    private var choices: String {
        companies.enumerated().map { place, company in
            let checked = place == 0 ? " checked" : ""
            return "<label><input type=\"radio\" name=\"realmId\" value=\"\(company.realmID)\"\(checked)> "
                + "\(XMLText.escaped(company.name)) <small>(realm \(company.realmID))</small></label>"
        }.joined(separator: "\n")
    }
}
