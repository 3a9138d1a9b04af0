// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What Intuit's redirect says, read from the whole address that a person copied out of a browser.
struct ConsentAnswer: Sendable {
    let code: Secret
    let state: String
    let realmID: String

    /// Why an address is of no use.
    enum Unusable: Error {
        case incomplete
        /// It says that consent was not given, in Intuit's word.
        case denied(String, state: String?)
    }

    init(pasted: String) throws(Unusable) {
        let text = pasted.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let items = URLComponents(string: text)?.queryItems else { throw .incomplete }
        let fields = Dictionary(items.map { ($0.name, $0.value ?? "") }, uniquingKeysWith: { first, _ in first })
        if let error = fields["error"] { throw .denied(Self.word(error), state: fields["state"]) }
        guard let code = fields["code"], !code.isEmpty, let state = fields["state"], !state.isEmpty,
            let realmID = fields["realmId"], !realmID.isEmpty
        else { throw .incomplete }
        self.code = Secret(code)
        self.state = state
        self.realmID = realmID
    }

    /// Intuit's word, cut down to what such a word can be: an address can be made up by anybody.
    static func word(_ error: String) -> String {
        String(error.filter { $0.isASCII && ($0.isLetter || $0 == "_") }.prefix(40))
    }
}

extension ConsentAnswer.Unusable {
    var words: Desk.Refused {
        switch self {
        case .incomplete:
            .init(
                """
                This is not the whole address that Intuit sent the browser back to. Copy it from the browser's address \
                bar, from http to the end; it holds code=, state= and realmId=. Nothing was changed.
                """)
        case .denied("access_denied", _):
            .init("Intuit says that consent was not given; nothing was changed.")
        case .denied(let word, _) where ["unauthorized_client", "invalid_scope"].contains(word):
            .init("\(AdoptionWords.words(forApp: word)) Nothing was changed.")
        case .denied(let word, _):
            .init("Intuit could not ask for consent (\(word)); nothing was changed. Check the app's keys.")
        }
    }
}
