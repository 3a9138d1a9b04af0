// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

/// Who signed in, signed by the sandbox: id_tokens and the key that proves them.
extension SandboxState {
    static let issuer = "https://oauth.platform.intuit.com/op/v1"

    /// The id_token that goes with a code whose scopes hold `openid`.
    mutating func idToken(_ pending: PendingCode) throws(OAuthFault) -> String {
        var claims: [String: JSONValue] = [
            "sub": .string(pending.userID), "aud": .strings([pending.clientID]), "iss": .string(Self.issuer),
            "auth_time": .integer(Int(pending.consented.seconds)), "iat": .integer(Int(now.seconds)),
            "exp": .integer(Int(now.seconds) + 3600),
        ]
        if pending.wantsRealmClaim { claims["realmid"] = pending.realmID.map { .string($0) } }
        do {
            return try signer().token(claims: .object(claims))
        } catch {
            throw .server("The id_token could not be signed")
        }
    }

    /// `GET /op/v1/jwks`.
    mutating func publishedKeys() -> TransportResponse {
        do {
            return Answer.json(200, try signer().published)
        } catch {
            return response(to: .server("The signing key could not be made"))
        }
    }

    /// The key is made when it is first needed, so that only callers of OpenID wait for it.
    private mutating func signer() throws -> SigningKey {
        if let signingKey { return signingKey }
        let made = try SigningKey()
        signingKey = made
        return made
    }
}
