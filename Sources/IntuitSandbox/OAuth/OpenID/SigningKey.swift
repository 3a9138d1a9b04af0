// SPDX-License-Identifier: Apache-2.0
import Crypto
import CryptoExtras
import Foundation

/// The RSA key that id_tokens are signed with.
struct SigningKey: Sendable {
    private let key: _RSA.Signing.PrivateKey
    private let primitives: _RSA.Signing.PublicKey.Primitives
    /// What names the key among the published ones.
    let keyID: String

    /// Makes a new key of 2,048 bits, which takes a moment.
    init() throws {
        key = try _RSA.Signing.PrivateKey(keySize: .bits2048)
        primitives = try key.publicKey.getKeyPrimitives()
        keyID = SHA256.hash(data: primitives.modulus).prefix(12).map { byte in
            let hex = String(byte, radix: 16)
            return hex.count == 1 ? "0\(hex)" : hex
        }.joined()
    }

    /// The document at `jwks_uri`.
    var published: JSONValue {
        [
            "keys": [
                [
                    "kty": "RSA", "e": .string(base64URL(primitives.publicExponent)), "use": "sig",
                    "kid": .string(keyID), "alg": "RS256", "n": .string(base64URL(primitives.modulus)),
                ]
            ]
        ]
    }

    /// A signed JSON Web Token, RS256, with those claims.
    func token(claims: JSONValue) throws -> String {
        let header: JSONValue = ["kid": .string(keyID), "alg": "RS256"]
        let signed = "\(base64URL(Data(header.serialized()))).\(base64URL(Data(claims.serialized())))"
        let signature = try key.signature(for: Data(signed.utf8), padding: .insecurePKCS1v1_5)
        return "\(signed).\(base64URL(signature.rawRepresentation))"
    }
}

private func base64URL(_ data: Data) -> String {
    String(
        data.base64EncodedString().compactMap { character in
            switch character {
            case "+": "-"
            case "/": "_"
            case "=": nil
            default: character
            }
        } as [Character])
}
