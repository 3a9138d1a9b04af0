// SPDX-License-Identifier: Apache-2.0

/// The pop-up at the first sign-in: the developer terms, a box and Submit.
enum TermsPage {
    static let path = "/app/developer/terms"
    static let refusal = Message.trouble(
        "The terms are not accepted yet. Check the box beside the sentence, then click Submit.")

    static func body(_ problem: Message?) -> HTML {
        """
        <div class="backdrop"><section class="window" role="dialog" aria-modal="true" aria-labelledby="terms">
        <h1 id="terms">Intuit Developer Terms of Service</h1>
        \(HTML.with(problem) { $0.markup })
        <p>Intuit shows its terms here and asks to accept them. This is a sandbox; its terms are short.</p>
        <div class="terms" tabindex="0" role="region" aria-label="Terms">
        <p>1. Everything here is made up: companies, people, keys and money.</p>
        <p>2. What happens here happens on this machine and is gone when the sandbox stops.</p>
        <p>3. Accepting binds you to nothing. At Intuit it does: read the terms there.</p>
        </div>
        <form method="post" action="\(path)">
        \(Fields.tick("I have read and accept the Intuit Developer Terms of Service", "accepted"))
        <div class="actions"><button class="main">Submit</button></div>
        </form>
        </section></div>
        """
    }
}
