// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPServing
import Testing

@Suite("A certificate's files", .timeLimit(.minutes(2)))
struct CertificateFilesTests {
    /// An authority and a good pair of files.
    private func withPair(
        _ kind: CertificateAuthority.Key = .p256,
        _ body: (URL, CertificateAuthority, CertificateFiles) async throws -> Void
    ) async throws {
        try await withFolder { folder in
            let authority = try await CertificateAuthority("Test", in: folder)
            let files = CertificateFiles("server", in: folder)
            try await authority.issue(files, key: kind)
            try await body(folder, authority, files)
        }
    }

    private func refusal(_ files: CertificateFiles, at now: Date = .now) -> String {
        do {
            _ = try files.usable(try files.read(), at: now)
            return "nothing was refused"
        } catch {
            return "\(error)"
        }
    }

    @Test("of every usual kind of key can be used", arguments: [CertificateAuthority.Key.p256, .p384, .rsa2048])
    func kinds(_ kind: CertificateAuthority.Key) async throws {
        try await withPair(kind) { _, _, files in
            let found = try files.usable(try files.read(), at: .now)
            #expect(abs(found.notAfter.timeIntervalSinceNow - 90 * 86_400) < 3_600)
        }
    }

    @Test("in one file, or with the older kinds of PEM, can be used")
    func forms() async throws {
        try await withPair { _, _, files in
            try await CertificateAuthority.openssl(["ec", "-in", files.key, "-out", files.key])
            _ = try files.usable(try files.read(), at: .now)
            let both = try files.certificate.text() + files.key.text()
            try both.write(toFile: files.key, atomically: true, encoding: .utf8)
            try files.makePrivate()
            let one = CertificateFiles(certificate: files.key, key: files.key)
            _ = try one.usable(try one.read(), at: .now)
        }
    }

    @Test("that don't belong together are refused")
    func otherKey() async throws {
        try await withPair { folder, authority, files in
            let other = CertificateFiles("other", in: folder)
            try await authority.issue(other)
            let mixed = CertificateFiles(certificate: files.certificate, key: other.key)
            #expect(refusal(mixed).contains("server.pem and the key \(other.key) don't belong together."))
            try await authority.issue(other, key: .rsa2048)
            #expect(refusal(mixed).contains("don't belong together"))
            let reversed = try authority.certificate.text() + files.certificate.text()
            try reversed.write(toFile: files.certificate, atomically: true, encoding: .utf8)
            #expect(refusal(files).contains("has to be the first in its file"))
        }
    }

    @Test("are refused by their dates: after the end, and before the beginning")
    func dates() async throws {
        try await withPair { _, _, files in
            #expect(refusal(files, at: .now + 91 * 86_400).contains("expired on 20"))
            #expect(refusal(files, at: .now + 89 * 86_400) == "nothing was refused")
            #expect(refusal(files, at: .now - 86_400).contains("Check the clock"))
        }
    }

    @Test("whose key others can read are refused; a group may where root lends it", arguments: [0o644, 0o604, 0o660])
    func openKey(_ mode: Int) async throws {
        try await withPair { _, _, files in
            try files.makePrivate(mode)
            #expect(refusal(files).contains("Others can read the private key \(files.key)"))
            #expect(refusal(files).contains("chmod 600"))
            try files.makePrivate(0o400)
            #expect(refusal(files) == "nothing was refused")
            guard getuid() == 0 else { return }
            try files.makePrivate(0o640)
            #expect(refusal(files) == "nothing was refused")
        }
    }

    @Test("are named when they are missing, empty, or something else")
    func missing() async throws {
        try await withPair { folder, _, files in
            let nowhere = folder.appending(path: "nowhere").path
            let none = CertificateFiles(certificate: nowhere, key: files.key)
            #expect(
                refusal(none) == "\(nowhere) can't be read (DAYBOOK_TLS_CERTIFICATE): No such file or directory")
            #expect(
                refusal(CertificateFiles(certificate: files.certificate, key: nowhere))
                    == "\(nowhere) can't be read (DAYBOOK_TLS_KEY): No such file or directory")
            #expect(refusal(CertificateFiles(certificate: folder.path, key: files.key)).contains("can't be read"))
            let keyAlone = CertificateFiles(certificate: files.key, key: files.key)
            #expect(refusal(keyAlone).contains("There is no certificate in \(files.key)"))
            try "".write(toFile: files.key, atomically: true, encoding: .utf8)
            try files.makePrivate()
            #expect(refusal(files).contains("There is no private key in \(files.key)"))
        }
    }

    @Test("with a password, or a kind of key that nobody takes, are refused, with the remedy")
    func keys() async throws {
        try await withPair { folder, authority, files in
            let locked = CertificateFiles(certificate: files.certificate, key: folder.appending(path: "locked").path)
            for command in [["pkey"], ["ec"]] {
                try await CertificateAuthority.openssl(
                    command + ["-in", files.key, "-out", locked.key, "-aes256", "-passout", "pass:secret"])
                try locked.makePrivate()
                #expect(refusal(locked).contains("protected by a password"))
                #expect(refusal(locked).contains("openssl pkey -in \(locked.key)"))
            }
            for kind in [CertificateAuthority.Key.rsa1024, .secp256k1] {
                try await authority.issue(files, key: kind)
                #expect(refusal(files).contains("RSA of 2048 bits or more"), "\(kind)")
            }
        }
    }
}

extension String {
    /// What is in the file at this path.
    fileprivate func text() throws -> String { try URL(filePath: self).text() }
}
