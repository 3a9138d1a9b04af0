// SPDX-License-Identifier: Apache-2.0

/// The steps of the help article in its own words, with the addresses of this demo; and the shorter way by the button.
struct ArticleGuide: Sendable {
    let situation: ArticleSituation

    var text: String {
        [head, button, ritual, entering].joined(separator: "\n\n") + "\n"
    }

    private var administrator: DemoSignIn { situation.administrator }

    private var head: String {
        """

        The connection to \(situation.company) was not used for 102 days, and QuickBooks let it expire.
        \(situation.waiting) transactions wait for it. \(situation.errors) are in Error for causes that have been \
        mended since.

          Daybook                  \(situation.daybook)
          Sign in there as         \(administrator.name)   password \(administrator.password)
          The code is printed by   \(administrator.codeCommand)
          Intuit's developer side  \(situation.sandbox)/app/developer/homepage
          Sign in there as         \(situation.email)   password \(situation.password)

        There are two ways to mend it. To try the other one too, stop this with Ctrl-C and start it again.
        """
    }

    private var button: String {
        """
        THE BUTTON
          1. Open \(situation.daybook)/exports and press Connect to QuickBooks in the banner.
          2. Sign in, choose \(situation.company), press Connect. What waited goes out by itself, oldest first.\(localhost)
          3. On \(situation.daybook)/connections/1 press Reset for export for what is in Error.
        """
    }

    private var ritual: String {
        """
        OR BY HAND, AS THE HELP ARTICLE HAS IT
        Set up Intuit for OAuth 2.0
          1. Open \(situation.sandbox)/app/developer/homepage
          2. Click Sign In in the upper right corner, and sign in as above, as the sandbox's user.
          3. The Intuit Developer Terms of Service: check the box, then Submit.
          4. Add your company data, click Next, then Close.
          5. Select My Hub, then Playground.
          6. Select workspace: \(situation.workspace). Select App: \(situation.app).
             \(keysRemark)
          7. Client ID and Client Secret are here. Under OAuth Settings tick com.intuit.quickbooks.accounting and
             click Get authorization code. Intuit asks which company: \(situation.company), Connect.
          8. The Realm ID is shown (\(situation.realmId)). Click Get tokens.
          9. Scroll down to Step 4 and copy the Refresh token.
        """
    }

    private var localhost: String {
        guard situation.keys == DemoKeys.production.rawValue else { return "" }
        return """

                 (At Intuit, production keys need an https address to return to; the sandbox takes localhost instead.)
            """
    }

    private var keysRemark: String {
        guard situation.keys == DemoKeys.production.rawValue else {
            return "(The app that the connection was made with. For a real company it is the Production App.)"
        }
        // The second line is indented like the step's text.
        return """
            (The app that the connection was made with. With the Development app, enter its Client ID, its Client
                 Secret and the environment Sandbox together with the token.)
            """
    }

    private var entering: String {
        """
        Enter the new refresh token in Daybook
          1. Open \(situation.daybook): Configuration (gear) › Core Options › App Configuration ›
             Accounting Configuration › Account Numbers, and log in to store 1.
          2. Under Miscellaneous the export format is API – QuickBooks Online.
          3. Click Settings, enter the refresh token, click OK. It says: Your integration is restored.
          4. In the accounting export queue (\(situation.daybook)/exports) reset for export the transactions in Error.
        """
    }
}
