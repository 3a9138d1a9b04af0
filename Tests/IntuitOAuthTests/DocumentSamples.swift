// SPDX-License-Identifier: Apache-2.0
// The samples of docs/libraries.md, word for word, so that they are compiled; LayeringTests compares them.
import Foundation
import HTTPTransport
import IntuitOAuth

func connect(to transport: some HTTPTransport, clientID: String, clientSecret: String) async throws {
    let discovery = try await OAuthClient.discover(.sandbox, transport: transport)
    let client = OAuthClient(
        transport: transport, discovery: discovery,
        credentials: ClientCredentials(clientID: clientID, clientSecret: SecretString(clientSecret)))

    // 1. Send the person's browser here; keep the state with their session.
    let callback = "http://localhost:8710/connection/callback"
    let state = UUID().uuidString
    print(client.authorizationURL(redirectURI: callback, state: state))

    // 2. Intuit sends the browser back to the callback.
    guard let address = readLine() else { return }
    guard case .granted(let code, let returned, let realmID) = try AuthorizationRedirect(parsing: address),
        returned == state
    else { return }

    // 3. The code becomes tokens.
    let tokens = try await client.exchange(code: code, redirectURI: callback)
    print("company \(realmID ?? "unknown"), access token good for \(tokens.expiresIn)")
}

func refresh(_ token: SecretString, with client: OAuthClient, keep: (RawTokenAnswer) throws -> Void) async throws {
    let answer = try await client.requestTokens(.refreshToken(token.reveal))
    try keep(answer)  // sealed and synced, before anybody reads it
    switch answer.interpreted() {
    case .granted(let tokens):
        print(tokens.refreshToken == nil ? "the old refresh token stays" : "there is a new refresh token")
    case .incomplete(let grant):
        print("no access token, but a refresh token: refresh with \(grant.refreshToken), the newest, at once")
    case .refused(let refusal):
        print("a definite no: \(refusal.error.rawValue)")
    case .unusable(let reason):
        print("nothing definite; the tokens stay as they are: \(reason)")
    }
}
