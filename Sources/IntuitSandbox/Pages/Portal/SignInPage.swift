// SPDX-License-Identifier: Apache-2.0

/// `/app/sign-in`: e-mail and password, with the sample users listed.
struct SignInPage {
    static let path = "/app/sign-in"

    /// Where to go afterwards; a path on this server.
    var next: String
    var users: [SandboxUser]
    var email = ""
    /// Which of the two was wrong.
    var wrong: Credential?

    enum Credential: Sendable { case email, password }

    var body: HTML {
        """
        <h1>Sign In</h1>
        <p>Use the same credentials as for your QuickBooks Online account.</p>
        <form method="post" action="\(Self.path)" class="card">
        \(Fields.hidden("next", next))
        \(Fields.text("Email", "email", value: email, type: "email", autocomplete: "username", isWrong: wrong == .email))
        \(Fields.text(
            "Password", "password", type: "password", autocomplete: "current-password", isWrong: wrong == .password))
        <div class="actions"><button class="main">Sign In</button></div>
        </form>
        <h2>Sample users</h2>
        <p class="hint">They exist in this sandbox alone. Anybody may sign in as any of them.</p>
        <table class="stack"><thead><tr><th>Email</th><th>Password</th><th>Who</th></tr></thead><tbody>
        \(users.map(Self.row))
        </tbody></table>
        """
    }

    private static func row(_ user: SandboxUser) -> HTML {
        let administered = user.roles.values.filter { $0 == .admin }.count
        let what =
            switch administered {
            case 0: "no company administrator: can't connect apps"
            case 1: "administrator of one company"
            default: "administrator of \(administered) companies"
            }
        return """
            <tr><td class="whole"><code>\(user.email)</code></td>
            <td class="whole"><code>\(user.password)</code></td>
            <td>\(user.name), \(what)</td></tr>
            """
    }
}
