// SPDX-License-Identifier: Apache-2.0

/// `/people`: who is an administrator of which company, to see and to change.
struct PeoplePage {
    static let path = "/people"

    /// What somebody can be in a company.
    enum Choice: String, CaseIterable, Sendable {
        case admin, standard, removed

        init(_ text: String?) throws(SandboxError) {
            guard let choice = text.flatMap({ Choice(rawValue: $0) }) else {
                throw SandboxError(description: "role \(text ?? "is missing"): choose admin, standard or removed.")
            }
            self = choice
        }

        init(_ role: SandboxRole?) {
            self =
                switch role {
                case .admin: .admin
                case .standard: .standard
                case nil: .removed
                }
        }

        var role: SandboxRole? {
            switch self {
            case .admin: .admin
            case .standard: .standard
            case .removed: nil
            }
        }

        var label: String {
            switch self {
            case .admin: "Company administrator"
            case .standard: "Standard user"
            case .removed: "Removed"
            }
        }
    }

    var users: [SandboxUser]
    var companies: [(realmID: String, name: String)]

    var body: HTML {
        """
        <h1>Manage users</h1>
        <p class="lead">Only a company administrator can connect apps. When the one who connected an app is removed
        from the company, Intuit refuses the app's next refresh.</p>
        \(companies.map { company in
            """
            <section class="card" aria-label="\(company.name)"><h2>\(company.name)</h2>
            <table class="stack"><thead><tr><th>User</th><th>Role</th></tr></thead><tbody>
            \(users.map { row($0, company) })
            </tbody></table></section>
            """
        })
        """
    }

    private func row(_ user: SandboxUser, _ company: (realmID: String, name: String)) -> HTML {
        let now = Choice(user.roles[company.realmID])
        let id = "role-\(company.realmID)-\(user.userID)"
        return """
            <tr><td>\(user.name)<br><span class="hint">\(user.email)</span></td>
            <td><form method="post" action="\(Self.path)" class="actions">
            \(Fields.hidden("user", user.userID))\(Fields.hidden("realmId", company.realmID))
            <label class="hidden" for="\(id)">Role of \(user.name) in \(company.name)</label>
            <select id="\(id)" name="role" class="short">
            \(Choice.allCases.map {
                Fields.Option(value: $0.rawValue, label: $0.label, isChosen: $0 == now).markup
            })
            </select><button>Save</button></form></td></tr>
            """
    }
}
