// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

/// Intuit's two discovery documents.
///
/// Asked at one of Intuit's own hosts they print Intuit's addresses, elsewhere the addresses of the server that was
/// asked.
enum Discovery {
    static func answer(_ call: IncomingCall, environment: SandboxEnvironment) -> TransportResponse {
        let accounts = environment == .production ? "accounts" : "sandbox-accounts"
        let own = call.isIntuitHost ? nil : call.base
        return Answer.json(
            200,
            .object([
                "issuer": .string("https://oauth.platform.intuit.com/op/v1"),
                "authorization_endpoint": .string("\(own ?? "https://appcenter.intuit.com")/connect/oauth2"),
                "token_endpoint": .string("\(own ?? "https://oauth.platform.intuit.com")/oauth2/v1/tokens/bearer"),
                "userinfo_endpoint": .string(
                    "\(own ?? "https://\(accounts).platform.intuit.com")/v1/openid_connect/userinfo"),
                "revocation_endpoint": .string(
                    "\(own ?? "https://developer.api.intuit.com")/v2/oauth2/tokens/revoke"),
                "jwks_uri": .string("\(own ?? "https://oauth.platform.intuit.com")/op/v1/jwks"),
                "response_types_supported": .strings(["code"]),
                "subject_types_supported": .strings(["public"]),
                "id_token_signing_alg_values_supported": .strings(["RS256"]),
                "scopes_supported": .strings(["openid", "email", "profile", "address", "phone"]),
                "token_endpoint_auth_methods_supported": .strings(["client_secret_post", "client_secret_basic"]),
                "claims_supported": .strings(["aud", "exp", "iat", "iss", "realmid", "sub"]),
            ]))
    }
}
