// SPDX-License-Identifier: Apache-2.0

/// `/break`: what can go wrong with a connection, each a button with a sentence.
struct BreakPage {
    static let path = "/break"

    /// Which connection is meant, and for how long; kept from one press to the next.
    struct Aim: Sendable, Equatable {
        var realmID = ""
        var clientID = ""
        var length = ""
        var keepsPreviousSecret = false

        init() {}

        init(_ form: FormFields) {
            realmID = form["realmId"] ?? ""
            clientID = form["clientId"] ?? ""
            length = trimmed(form["length"])
            keepsPreviousSecret = form["keepPrevious"] != nil
        }
    }

    var companies: [(realmID: String, name: String)]
    /// Realm ids of the companies some app is connected with.
    var connected: Set<String>
    var keys: [(clientID: String, name: String)]
    var aim: Aim

    var body: HTML {
        """
        <h1>Break this connection</h1>
        <p class="lead">What may happen to a connection at Intuit, at the press of a button. As at Intuit, the app
        isn't told.</p>
        <form method="post" action="\(Self.path)">
        <fieldset><legend>Which connection?</legend>
        <div class="row">
        \(Fields.choice("Company", "realmId", options: companyOptions))
        \(Fields.choice("App", "clientId", options: appOptions))
        </div>
        \(Fields.text(
            "For how long (outages and silence)", "length", value: aim.length,
            hint: "Such as 30s or 10m. Empty: outages last five minutes, a lost answer is cut at once."))
        \(Fields.tick(
            "When rotating a secret, keep the previous one working", "keepPrevious", isOn: aim.keepsPreviousSecret))
        </fieldset>
        <table class="stack acts"><tbody>
        \(SandboxBreakage.allCases.map { row($0.rawValue, $0.title, $0.effect, style: "danger") })
        </tbody></table>
        <h2>Mend</h2>
        <table class="stack acts"><tbody>
        \(SandboxMending.allCases.map { row($0.rawValue, $0.title, $0.effect, style: "") })
        </tbody></table>
        </form>
        """
    }

    private var companyOptions: [Fields.Option] {
        [Fields.Option(value: "", label: "The only one connected")]
            + companies.map { realmID, name in
                Fields.Option(
                    value: realmID, label: connected.contains(realmID) ? name : "\(name) (no app connected)",
                    isChosen: realmID == aim.realmID)
            }
    }

    private var appOptions: [Fields.Option] {
        [Fields.Option(value: "", label: "All that are connected")]
            + keys.map { Fields.Option(value: $0.clientID, label: $0.name, isChosen: $0.clientID == aim.clientID) }
    }

    private func row(_ verb: String, _ title: String, _ effect: String, style: String) -> HTML {
        """
        <tr><td><button name="verb" value="\(verb)" class="\(style)">\(title)</button></td><td>\(effect)</td></tr>
        """
    }
}
