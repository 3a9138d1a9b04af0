// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation

/// An authority of a test's own, which certifies localhost; openssl does the work.
struct CertificateAuthority {
    enum Key: String {
        case p256 = "ec:P-256"
        case p384 = "ec:P-384"
        case secp256k1 = "ec:secp256k1"
        case rsa2048 = "rsa:2048"
        case rsa1024 = "rsa:1024"

        var options: [String] {
            let parts = rawValue.split(separator: ":").map(String.init)
            return parts[0] == "ec"
                ? ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:\(parts[1])"] : ["-newkey", rawValue]
        }
    }

    let certificate: URL
    private let key: URL

    init(_ name: String, in folder: URL) async throws {
        certificate = folder.appending(path: "\(name)-ca.pem")
        key = folder.appending(path: "\(name)-ca.key")
        try await Self.openssl(
            [
                "req", "-x509", "-nodes", "-days", "400", "-subj", "/CN=\(name)", "-keyout", key.path, "-out",
                certificate.path,
            ]
                + Key.p256.options)
    }

    /// Writes a certificate with its chain, and the key, over what was there.
    func issue(_ files: CertificateFiles, days: Int = 90, key kind: Key = .p256) async throws {
        try await Self.openssl(
            [
                "req", "-x509", "-nodes", "-days", "\(days)", "-subj", "/CN=localhost", "-CA", certificate.path,
                "-CAkey",
                key.path, "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-addext",
                "basicConstraints=critical,CA:FALSE", "-keyout", files.key, "-out", files.certificate,
            ] + kind.options)
        let chain = try URL(filePath: files.certificate).text() + certificate.text()
        try chain.write(toFile: files.certificate, atomically: true, encoding: .utf8)
        try files.makePrivate()
    }

    static func openssl(_ arguments: [String]) async throws {
        let said = try await FinishedCommand.run(["/usr/bin/env", "openssl"] + arguments)
        guard said.status == 0 else { throw CommandFailure("openssl \(arguments[0]): \(said.errors)") }
    }
}

extension CertificateFiles {
    /// Files that are not there yet.
    init(_ name: String, in folder: URL) {
        self.init(
            certificate: folder.appending(path: "\(name).pem").path, key: folder.appending(path: "\(name).key").path)
    }

    func makePrivate(_ mode: Int = 0o600) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: key)
    }

    /// Takes another pair's place.
    func overwrite(_ other: CertificateFiles) throws {
        try Data(contentsOf: URL(filePath: key)).write(to: URL(filePath: other.key))
        try Data(contentsOf: URL(filePath: certificate)).write(to: URL(filePath: other.certificate))
    }
}
