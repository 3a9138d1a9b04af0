// SPDX-License-Identifier: Apache-2.0
import Crypto
import NIOSSL

/// A certificate that signs itself, with its key: as much of X.509 (RFC 5280) as TLS needs.
struct TestCertificate {
    enum Subject {
        /// This machine: 127.0.0.1.
        case loopback
        case host(String)
    }

    enum Validity: String {
        case today = "200101000000Z491231235959Z"
        /// Its last day is long past.
        case over = "200101000000Z201231235959Z"
    }

    let certificate: NIOSSLCertificate
    let key: NIOSSLPrivateKey

    init(for subject: Subject, validity: Validity = .today) throws {
        let key = P256.Signing.PrivateKey()
        let algorithm = DER.sequence(DER.ecdsaWithSHA256)
        let name = DER.sequence(DER.set(DER.sequence(DER.commonName, DER.text("test"))))
        let times = [validity.rawValue.prefix(13), validity.rawValue.suffix(13)].map { DER.time(String($0)) }
        let extensions = DER.sequence(DER.sequence(DER.alternativeName, DER.octets(DER.sequence(DER.name(subject)))))
        let content = DER.sequence(
            DER.tagged(0, DER.number(2)), DER.number(1), algorithm, name, DER.sequence(times[0], times[1]), name,
            Array(key.publicKey.derRepresentation), DER.tagged(3, extensions))
        let signature = try key.signature(for: content).derRepresentation
        let whole = DER.sequence(content, algorithm, DER.bits(Array(signature)))
        certificate = try NIOSSLCertificate(bytes: whole, format: .der)
        self.key = try NIOSSLPrivateKey(bytes: Array(key.derRepresentation), format: .der)
    }

    /// What a server needs that shows it.
    func server(_ change: (inout TLSConfiguration) -> Void = { _ in }) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(certificate)], privateKey: .privateKey(key))
        change(&configuration)
        return try NIOSSLContext(configuration: configuration)
    }
}

/// The few values of ASN.1 that a certificate is made of.
private enum DER {
    /// 1.2.840.10045.4.3.2
    static let ecdsaWithSHA256 = value(0x06, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02])
    /// 2.5.4.3
    static let commonName = value(0x06, [0x55, 0x04, 0x03])
    /// 2.5.29.17
    static let alternativeName = value(0x06, [0x55, 0x1D, 0x11])

    static func sequence(_ parts: [UInt8]...) -> [UInt8] { value(0x30, Array(parts.joined())) }
    static func set(_ part: [UInt8]) -> [UInt8] { value(0x31, part) }
    static func number(_ small: UInt8) -> [UInt8] { value(0x02, [small]) }
    static func text(_ text: String) -> [UInt8] { value(0x0C, Array(text.utf8)) }
    static func time(_ text: String) -> [UInt8] { value(0x17, Array(text.utf8)) }
    static func octets(_ bytes: [UInt8]) -> [UInt8] { value(0x04, bytes) }
    static func bits(_ bytes: [UInt8]) -> [UInt8] { value(0x03, [0] + bytes) }
    static func tagged(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] { value(0xA0 | number, bytes) }

    static func name(_ subject: TestCertificate.Subject) -> [UInt8] {
        switch subject {
        case .loopback: value(0x87, [127, 0, 0, 1])
        case .host(let host): value(0x82, Array(host.utf8))
        }
    }

    private static func value(_ tag: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        let count = bytes.count
        let length: [UInt8] =
            switch count {
            case 0..<128: [UInt8(count)]
            case 128..<256: [0x81, UInt8(count)]
            default: [0x82, UInt8(count >> 8), UInt8(count & 255)]
            }
        return [tag] + length + bytes
    }
}
