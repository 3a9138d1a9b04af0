// SPDX-License-Identifier: Apache-2.0
import Crypto
import CryptoExtras
import Foundation

/// The private key in a PEM file, which may hold other blocks too.
struct PrivateKeyBlock {
    private let pem: String

    init(pem bytes: [UInt8]) throws(UnusableCertificate) {
        let text = String(decoding: bytes, as: UTF8.self)
        let block = /-----BEGIN (?:EC |RSA |ENCRYPTED )?PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/
        guard let found = text.firstMatch(of: block) else { throw .noKey }
        pem = String(found.0) + "\n"
        guard !pem.contains("ENCRYPTED") else { throw .encryptedKey }
    }

    var bytes: [UInt8] { Array(pem.utf8) }

    /// The public key that belongs to it, as in a certificate (SubjectPublicKeyInfo); nil for a kind that is not known.
    ///
    /// BoringSSL does not report a key that belongs to another certificate; it drops one of the two.
    var publicKey: [UInt8]? {
        // The PEM of an elliptic key does not always name its curve outside, so each is tried.
        if let key = try? P256.Signing.PrivateKey(pemRepresentation: pem) {
            return [UInt8](key.publicKey.derRepresentation)
        }
        if let key = try? P384.Signing.PrivateKey(pemRepresentation: pem) {
            return [UInt8](key.publicKey.derRepresentation)
        }
        if let key = try? P521.Signing.PrivateKey(pemRepresentation: pem) {
            return [UInt8](key.publicKey.derRepresentation)
        }
        if let key = try? _RSA.Signing.PrivateKey(pemRepresentation: pem) {
            return [UInt8](key.publicKey.derRepresentation)
        }
        return nil
    }
}
