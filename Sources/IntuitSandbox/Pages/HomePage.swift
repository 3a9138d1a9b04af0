// SPDX-License-Identifier: Apache-2.0

/// What somebody sees who opens the sandbox in a browser.
enum HomePage {
    static func html(base: String) -> String {
        PageLayout.html(
            title: "Home",
            body: """
                <h1>Intuit on the desk</h1>
                <p>This server imitates Intuit's OAuth 2.0 server and the QuickBooks Online Accounting API well
                enough to develop and test against, offline. Its books are real double-entry books; its companies,
                keys and people are made up.</p>
                <table>
                <tr><th>Address</th><th>What is there</th></tr>
                \(rows(base))
                </table>
                <p>Every address answers as Intuit's sandbox does; put <code>/production</code> in front of the path
                for production.</p>
                <h2>What it does not imitate</h2>
                <ul>
                <li>sign-in, users and their rights: whoever opens the consent page may connect any company;</li>
                <li>OpenID: no id_token, no userinfo, no signing keys;</li>
                <li>webhooks, change data capture, attachments, PDFs, e-mail;</li>
                <li>sales forms, payments, items, payroll, sales tax calculation, more than one currency;</li>
                <li>reports other than the trial balance.</li>
                </ul>
                """)
    }

    private static func rows(_ base: String) -> String {
        let addresses = [
            ("/.well-known/openid_sandbox_configuration", "discovery document for development keys"),
            ("/.well-known/openid_configuration", "discovery document for production keys"),
            ("/connect/oauth2", "consent page"),
            ("/oauth2/v1/tokens/bearer", "token endpoint"),
            ("/v2/oauth2/tokens/revoke", "revocation endpoint"),
            ("/v3/company/{realm}/…", "Accounting API"),
            ("/_sandbox/status", "keys, companies, counters and settings of this sandbox"),
            ("/_sandbox/clock", "its time; <code>POST /_sandbox/clock/advance</code> turns it"),
            ("/_sandbox/mishaps", "what goes wrong, and how often (POST)"),
            ("/_sandbox/throttles", "request limits on or off (POST)"),
        ]
        return addresses.map { path, meaning in
            "<tr><td><code>\(XMLText.escaped(base + path))</code></td><td>\(meaning)</td></tr>"
        }.joined(separator: "\n")
    }
}
