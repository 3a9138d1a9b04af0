// SPDX-License-Identifier: Apache-2.0
package import Foundation
import NIOCore
import NIOSSL

/// A certificate with the chain that a server sends, and the private key that belongs to it.
package struct ServerCertificate: Sendable {
    package let notBefore: Date
    package let notAfter: Date
    private let chain: [NIOSSLCertificate]
    private let key: NIOSSLPrivateKey

    /// - Parameters:
    ///   - chain: PEM; the server's own certificate first, then those that lead to its authority.
    ///   - key: PEM; RSA of 2048 bits or more, or an elliptic key on P-256, P-384 or P-521.
    package init(chain: [UInt8], key: [UInt8]) throws(UnusableCertificate) {
        // The library throws the same for rubbish and for an empty file.
        guard let certificates = try? NIOSSLCertificate.fromPEMBytes(chain), let own = certificates.first,
            let encoded = try? own.toDERBytes()
        else { throw .noCertificate }
        let block = try PrivateKeyBlock(pem: key)
        guard let publicKey = block.publicKey, let key = try? NIOSSLPrivateKey(bytes: block.bytes, format: .pem) else {
            throw .unknownKey
        }
        // The library's own way to a certificate's key ends the process where the key is of a kind that it does not know.
        guard Data(encoded).range(of: Data(publicKey)) != nil else { throw .otherKey }
        self.chain = certificates
        self.key = key
        notBefore = Date(timeIntervalSince1970: TimeInterval(own.notValidBefore))
        notAfter = Date(timeIntervalSince1970: TimeInterval(own.notValidAfter))
    }

    /// TLS 1.2 and 1.3, with forward secrecy and authenticated encryption only.
    func context() throws(UnusableCertificate) -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        // These are suites of TLS 1.2; all suites of TLS 1.3 are of this kind.
        configuration.cipherSuites = "ECDHE+AESGCM:ECDHE+CHACHA20"
        configuration.applicationProtocols = ["http/1.1"]
        // How long the server waits for the client's closing message.
        configuration.shutdownTimeout = .seconds(1)
        do {
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw .refused("\(error)")
        }
    }
}

/// Why a server can't show a certificate.
package enum UnusableCertificate: Error, Equatable {
    /// The certificate's file has no certificate in PEM form.
    case noCertificate
    /// The key's file has no private key in PEM form.
    case noKey
    /// The key can be read only with a password.
    case encryptedKey
    /// The key is of a kind or size that is not supported.
    case unknownKey
    /// The key does not belong to the first certificate of the chain.
    case otherKey
    /// The TLS library's reason.
    case refused(String)
}
