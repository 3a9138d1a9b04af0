// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The secrets that a person typed or a program piped in, without spaces and line breaks around and in them.
struct EnteredSecrets {
    let refreshToken: Secret
    let clientSecret: Secret?

    /// Reads a refresh token, and the Client Secret too where it may be given.
    ///
    /// - Throws: ``CommandFailure`` when nothing is given, or it is not clear which of the two a text is.
    static func tokenAndSecret(withSecret: Bool) throws -> EnteredSecrets {
        let (token, secret) = try withSecret ? both() : (only(), nil)
        guard let token = cleaned("refresh token", token) else { throw nothing }
        return EnteredSecrets(refreshToken: token, clientSecret: secret.flatMap { cleaned("Client Secret", $0) })
    }

    /// Reads a Client Secret alone.
    static func clientSecretOnly() throws -> Secret {
        let text: String
        if HiddenInput.isTerminal {
            text = try HiddenInput.read("Client Secret: ")
        } else {
            let piped = try PipedSecrets.read()
            guard piped.second == nil else {
                throw CommandFailure("Standard input holds more than the Client Secret. Nothing was changed.")
            }
            text = piped.first
        }
        guard let secret = cleaned("Client Secret", text) else { throw nothing }
        return secret
    }

    /// Says what is removed from a key or a token, because what is stored differs from what was given.
    private static func cleaned(_ name: String, _ text: String) -> Secret? {
        for words in PastedText.cleanings([(name, text)]) { HiddenInput.say("\(words)\n") }
        let text = PastedText.cleaned(text)
        return text.isEmpty ? nil : Secret(text)
    }

    private static func only() throws -> String {
        guard !HiddenInput.isTerminal else { return try HiddenInput.read("Refresh token: ") }
        let piped = try PipedSecrets.read()
        guard piped.second == nil else {
            throw CommandFailure(
                """
                Standard input has a blank line in the refresh token, or a Client Secret after it. Remove the blank \
                line; or, if a Client Secret follows, give the app's --client-id too. Nothing was changed.
                """)
        }
        return piped.first
    }

    private static func both() throws -> (String, String?) {
        guard !HiddenInput.isTerminal else {
            let token = try HiddenInput.read("Refresh token: ")
            guard token.contains(where: { !$0.isWhitespace }) else { throw nothing }
            return (token, try HiddenInput.read("Client Secret (press Enter to keep the stored one): "))
        }
        let piped = try PipedSecrets.read()
        guard piped.isUnmistakable else {
            throw CommandFailure(
                """
                Standard input has several lines and no blank one. With --client-id write the refresh token, a blank \
                line, and the Client Secret; or the token and a blank line, if the secret stays as stored. Nothing \
                was changed.
                """)
        }
        return (piped.first, piped.second)
    }

    private static let nothing = CommandFailure("Nothing was entered; nothing was changed.")
}
