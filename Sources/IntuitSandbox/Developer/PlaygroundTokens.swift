// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

/// The Playground's buttons that call: Get tokens, CompanyInfo, Refresh access token.
extension SandboxState {
    mutating func getTokens(_ visit: inout Visit) -> TransportResponse {
        guard let app = chosenApp(visit), let code = playground(visit).code else {
            return say(&visit, 1, .trouble("There is no authorization code yet. Click Get authorization code first."))
        }
        let heard = askTokenEndpoint(
            app,
            [
                ("grant_type", "authorization_code"), ("code", code),
                ("redirect_uri", SandboxApp.playgroundRedirectURI),
            ])
        return take(heard, &visit, failingAt: 2) { _ in
            "Your refresh token is here, and so is the access token for the calls of step 3."
        }
    }

    mutating func refreshTokens(_ form: FormFields, _ visit: inout Visit) -> TransportResponse {
        let token = trimmed(form["refreshToken"])
        guard let app = chosenApp(visit), !token.isEmpty else {
            return say(&visit, 4, .trouble("There is no refresh token. Go through steps 1 and 2, or paste one."))
        }
        let heard = askTokenEndpoint(app, [("grant_type", "refresh_token"), ("refresh_token", token)])
        return take(heard, &visit, failingAt: 4) { tokens in
            tokens.refreshToken == token
                ? "Refreshed: a new access token; the refresh token is the same as before."
                : "Refreshed, and the refresh token has changed. A program that still holds the old one loses the "
                    + "connection; copy the new one."
        }
    }

    mutating func callCompanyInfo(_ visit: inout Visit) -> TransportResponse {
        let state = playground(visit)
        guard let app = chosenApp(visit), let tokens = state.tokens, let realmID = state.realmID else {
            return say(&visit, 3, .trouble("A call needs an access token and a Realm ID. Go through steps 1 and 2."))
        }
        guard let heard = askCompanyInfo(app, realmID: realmID, accessToken: tokens.accessToken) else {
            return say(&visit, 3, .trouble("No answer came. Try again."))
        }
        let shown = Playground.Shown(status: heard.status, body: String(decoding: heard.body, as: UTF8.self))
        remember(&visit) { $0.playground.company = shown }
        return Answer.seeOther("\(Playground.path)#step-3")
    }

    /// Keeps the tokens of the token endpoint's answer, or shows its refusal.
    private mutating func take(
        _ heard: Heard?, _ visit: inout Visit, failingAt step: Int, _ sentence: (Playground.Tokens) -> String
    ) -> TransportResponse {
        guard let heard else {
            return say(
                &visit, step,
                .trouble("No answer came. What was asked may have been carried out all the same; try again."))
        }
        // A body that is no JSON is shown as it came.
        guard heard.status == 200, let body = try? JSONValue(parsing: heard.body),
            let tokens = Playground.Tokens(body, received: now)
        else {
            let text = String(decoding: heard.body.prefix(300), as: UTF8.self)
            return say(
                &visit, step,
                .trouble(
                    "The token endpoint answered \(heard.status): \(text) If it says invalid_grant, begin again "
                        + "with step 1."))
        }
        remember(&visit) { $0.playground.tokens = tokens }
        return say(&visit, 4, .done(sentence(tokens)))
    }

    func chosenApp(_ visit: Visit) -> SandboxApp? { playground(visit).clientID.flatMap { registry.keys[$0] } }

    mutating func say(_ visit: inout Visit, _ step: Int, _ message: Message) -> TransportResponse {
        remember(&visit) { $0.playground.said = Playground.StepMessage(step: step, message: message) }
        return Answer.seeOther("\(Playground.path)#step-\(step)")
    }
}
