// SPDX-License-Identifier: Apache-2.0

/// `/clock`: the sandbox's time, and buttons that turn it.
struct ClockPage {
    static let path = "/clock"

    /// Useful steps, with what each of them lets happen.
    private static let steps = [
        ("+1 hour", "1h", "an access token expires"),
        ("+1 day", "1d", "the next refresh changes the refresh token"),
        ("+26 hours", "26h", "a day with some room"),
        ("+101 days", "101d", "a refresh token that nobody used expires"),
        ("+5 years", "1825d", "every consent of today ends"),
    ]

    var now: Instant

    var body: HTML {
        """
        <h1>Clock</h1>
        <p class="big"><time datetime="\(now.iso8601)">\(now.httpDate)</time></p>
        <p>The sandbox's time. It can be turned forward, never back; what falls due in between happens.</p>
        <table><tbody>
        \(Self.steps.map { label, step, meaning in
            """
            <tr><td>\(buttonForm(label, action: Self.path, fields: [("step", step)]))</td><td>\(meaning)</td></tr>
            """
        })
        </tbody></table>
        <form method="post" action="\(Self.path)" class="card">
        \(Fields.text("How far", "step", hint: "Whole numbers with s, m, h, d or w: 90m, 101d, 1d12h"))
        <div class="actions"><button class="main">Turn the clock</button></div>
        </form>
        """
    }
}
