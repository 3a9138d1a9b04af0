// SPDX-License-Identifier: Apache-2.0
import IntuitOAuth
import Testing

@Suite("Secrets don't print themselves")
struct SecrecyTests {
    static let secret = "PLANTED-7f3a"

    static let holders: [any Sendable] = [
        SecretString(secret),
        Optional(SecretString(secret)) as any Sendable,
        ClientCredentials(clientID: secret, clientSecret: SecretString(secret)),
        TokenGrant.refreshToken(secret),
        TokenGrant.authorizationCode(secret, redirectURI: secret),
        RawTokenAnswer(status: 200, body: Array(#"{"access_token":"\#(secret)"}"#.utf8)),
        TokenAnswer.granted(
            TokenGrantResponse(
                accessToken: SecretString(secret), expiresIn: .seconds(1), refreshToken: SecretString(secret))),
        AuthorizationRedirect.granted(code: SecretString(secret), state: "s", realmID: nil),
    ]

    @Test("not by print, not by debugging, not by dump", arguments: holders.indices)
    func printing(index: Int) {
        let holder = Self.holders[index]
        var dumped = ""
        dump(holder, to: &dumped)
        for text in ["\(holder)", String(reflecting: holder), dumped] {
            #expect(!text.contains(Self.secret), "\(type(of: holder)) prints its secret")
            #expect(!text.contains("80, 76, 65"), "\(type(of: holder)) prints its bytes")
        }
    }
}
