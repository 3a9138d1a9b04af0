// SPDX-License-Identifier: Apache-2.0
import Crypto
package import Daybook
import Foundation

/// Seals secrets for the disk: AES-256-GCM, a fresh random nonce of 96 bits each time.
///
/// A sealed value is: format byte 1, 8 bytes of key id, 12 of nonce, the ciphertext, 16 of tag.
package struct Sealer: Sendable {
    private static let format: UInt8 = 1
    private static let keyIDLength = 8
    private static let shortest = 1 + keyIDLength + 12 + 16

    private let key: SymmetricKey
    private let keyIDBytes: [UInt8]

    /// Identifies the key without revealing it: 8 bytes in hex.
    package let keyID: String

    /// - Parameter key: 32 random bytes.
    package init(key: [UInt8]) {
        precondition(key.count == 32, "an AES-256 key has 32 bytes")
        self.key = SymmetricKey(data: key)
        let name = HMAC<SHA256>.authenticationCode(for: Array("daybook key id".utf8), using: self.key)
        keyIDBytes = Array(name.prefix(Self.keyIDLength))
        keyID = keyIDBytes.hex
    }

    package func seal(_ plaintext: [UInt8], in context: SealContext) throws(SealError) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(plaintext, using: key, authenticating: context.bytes(keyID: keyID))
            return [Self.format] + keyIDBytes + Array(box.nonce) + box.ciphertext + box.tag
        } catch {
            throw .cannotSeal(context)
        }
    }

    package func open(_ sealed: [UInt8], in context: SealContext) throws(SealError) -> [UInt8] {
        guard sealed.count >= Self.shortest, sealed[0] == Self.format else { throw .notSealedByUs }
        let id = Array(sealed[1...Self.keyIDLength])
        guard id == keyIDBytes else { throw .otherKey(id: id.hex) }
        do {
            let box = try AES.GCM.SealedBox(combined: sealed.dropFirst(1 + Self.keyIDLength))
            return Array(try AES.GCM.open(box, using: key, authenticating: context.bytes(keyID: keyID)))
        } catch {
            throw .doesNotBelong(context)
        }
    }

    package func seal(_ secret: Secret, in context: SealContext) throws(SealError) -> [UInt8] {
        try seal(Array(secret.reveal().utf8), in: context)
    }

    package func openSecret(_ sealed: [UInt8], in context: SealContext) throws(SealError) -> Secret {
        guard let text = String(validating: try open(sealed, in: context), as: UTF8.self) else {
            throw .notText(context)
        }
        return Secret(text)
    }
}

extension Sealer: CustomStringConvertible, CustomReflectable {
    package var description: String { "sealer \(keyID)" }
    package var customMirror: Mirror { Mirror(self, children: ["keyID": keyID]) }
}

extension Sequence where Element == UInt8 {
    /// Two lower-case hex digits for each byte.
    package var hex: String {
        let digits = Array("0123456789abcdef")
        return String(flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }
}
