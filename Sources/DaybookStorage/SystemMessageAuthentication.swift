// SPDX-License-Identifier: Apache-2.0
import Crypto
import Daybook

/// HMAC by swift-crypto.
///
/// SHA-1 is broken for signatures and not for this; authenticator apps take nothing else.
package struct SystemMessageAuthentication: MessageAuthentication {
    package init() {}

    static func hmacSHA256(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    }

    package func hmacSHA1(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        Array(HMAC<Insecure.SHA1>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    }
}
