// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What Intuit's redirect says, read from the whole address that a person copied out of a browser.
package struct ConsentAnswer: Sendable {
    package let code: Secret
    package let state: String
    package let realmID: String

    /// - Parameter redirectURI: Where Intuit was told to send the browser back to.
    /// - Throws: ``Desk/Refused`` when the text is no such address, or says that consent was not given.
    package init(pasted: String, redirectURI: String) throws {
        guard let address = URLComponents(string: PastedText.cleaned(pasted)), let items = address.queryItems else {
            throw Self.incomplete
        }
        let fields = Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
        if let denial = Denial(fields) { throw denial.words }
        guard let code = fields["code"], !code.isEmpty, let state = fields["state"], !state.isEmpty,
            let realmID = fields["realmId"], !realmID.isEmpty
        else { throw Self.incomplete }
        if let expected = URLComponents(string: redirectURI),
            let difference = RedirectDifference(address, from: expected)
        {
            throw Self.elsewhere(difference, redirectURI)
        }
        self.code = Secret(code)
        self.state = state
        self.realmID = realmID
    }

    private static func elsewhere(_ difference: RedirectDifference, _ redirectURI: String) -> Desk.Refused {
        Desk.Refused(
            """
            This address is not the one that Daybook's consent leads back to: \(difference.words). It has to begin \
            with \(redirectURI) to the letter, and the same redirect URI has to be registered in the app's settings at \
            Intuit. Connect again, and copy the address that the browser then shows, unchanged. Nothing was changed.
            """)
    }

    private static let incomplete = Desk.Refused(
        """
        This is not the whole address that Intuit sent the browser back to. Copy it from the browser's address bar, \
        from http to the end; it holds code=, state= and realmId=. Nothing was changed.
        """)
}

extension ConsentAnswer {
    /// Intuit sent the browser back without a consent.
    struct Denial: Sendable {
        /// Intuit's error code: letters and underscores, at most 40.
        ///
        /// The rest is cut off, because anybody can make up an address.
        let word: String
        let state: String?

        init(_ error: String, state: String?) {
            word = String(error.filter { $0.isASCII && ($0.isLetter || $0 == "_") }.prefix(40))
            self.state = state
        }

        fileprivate init?(_ fields: [String: String]) {
            guard let error = fields["error"] else { return nil }
            self.init(error, state: fields["state"])
        }

        /// Nil for an address that says something else.
        init?(pasted: String) {
            guard let items = URLComponents(string: PastedText.cleaned(pasted))?.queryItems else { return nil }
            self.init(Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first }))
        }

        var words: Desk.Refused {
            switch word {
            case "access_denied": .init("Intuit says that consent was not given; nothing was changed.")
            case "unauthorized_client", "invalid_scope":
                .init("\(AdoptionWords.words(forApp: word)) Nothing was changed.")
            default: .init("Intuit could not ask for consent (\(word)); nothing was changed. Check the app's keys.")
            }
        }
    }
}
