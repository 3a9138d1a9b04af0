// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

/// Intuit's two discovery documents, alike but for `userinfo_endpoint`.
///
/// Asked at one of Intuit's own hosts they print Intuit's addresses, elsewhere the addresses of the server that was
/// asked.
enum Discovery {
    static func answer(_ call: IncomingCall, environment: SandboxEnvironment) -> TransportResponse {
        let own = call.isIntuitHost ? nil : call.base
        return Answer.json(
            200,
            .object([
                "issuer": .string(SandboxState.issuer),
                "authorization_endpoint": .string("\(own ?? "https://appcenter.intuit.com")/connect/oauth2"),
                "token_endpoint": .string("\(own ?? "https://oauth.platform.intuit.com")/oauth2/v1/tokens/bearer"),
                "userinfo_endpoint": .string("\(accounts(call, environment))/v1/openid_connect/userinfo"),
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

    /// Userinfo is bound to an environment, so its address follows the document, not the address that was asked.
    private static func accounts(_ call: IncomingCall, _ environment: SandboxEnvironment) -> String {
        guard call.isIntuitHost else {
            return call.base.dropLast(call.prefix.count) + (environment == .production ? "/production" : "")
        }
        return "https://\(environment == .production ? "accounts" : "sandbox-accounts").platform.intuit.com"
    }
}
