// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import DaybookStorage
import Foundation
import HTTPTransport
import HTTPTypes
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("The real program with a certificate", .timeLimit(.minutes(5)))
struct ServeTLSTests {
    private static func settings(_ files: CertificateFiles) -> [String: String] {
        ["DAYBOOK_TLS_CERTIFICATE": files.certificate, "DAYBOOK_TLS_KEY": files.key]
    }

    @Test("speaks https to who trusts its authority, and commands find it")
    func serves() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let (ours, foreign) = (
                try await CertificateAuthority("Ours", in: folder),
                try await CertificateAuthority("Foreign", in: folder)
            )
            let files = CertificateFiles("server", in: folder)
            try await ours.issue(files, days: 10)
            let serving = try await fixture.serve(Self.settings(files))
            #expect(serving.firstLine == "Daybook is at https://localhost:\(fixture.port)")
            try await HTTPSClient.with(trusting: ours, port: fixture.port) { client in
                let page = try await client.get("/exports")
                #expect(page.statusCode == 200)
                #expect(page.head.headerFields[.strictTransportSecurity] == "max-age=31536000; includeSubDomains")
                #expect(page.head.headerFields[.setCookie]?.contains("Secure") == true)
                let metrics = String(decoding: try await client.get("/metrics").body, as: UTF8.self)
                let left = try #require(metrics.firstMatch(of: /\ndaybook_certificate_seconds_left ([0-9.]+)/)).1
                #expect(abs((Double(left) ?? 0) - 10 * 86_400) < 3_600)
                #expect(try await HTTPSClient.status(trusting: foreign, port: fixture.port) == nil)
                let address = try #require(try DataFolder(path: fixture.data.path).announcedAddress())
                #expect(address.url == "https://127.0.0.1:\(fixture.port)")
                let said = try await fixture.daybook(["exports"])
                #expect(said.status == 0, "\(said.errors)")
                // The client's connection is still open.
                #expect(await serving.end(with: SIGTERM) == 0)
            }
            #expect(try serving.errors().contains("certificate expires soon"))
        }
    }

    @Test(
        "takes TLS 1.2 with recommended cipher suites and 1.3, and nothing weaker",
        arguments: [
            (["-tls1_3"], true), (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256"], true),
            (["-tls1_2", "-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305"], true),
            (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA"], false),
            (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-SHA"], false), (["-tls1_2", "-cipher", "AES128-SHA"], false),
            (["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"], false),
        ] as [([String], Bool)])
    func suites(_ options: [String], _ isTaken: Bool) async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let files = CertificateFiles("server", in: folder)
            try await CertificateAuthority("Ours", in: folder).issue(files)
            let serving = try await fixture.serve(Self.settings(files))
            let said = try await FinishedCommand.run(
                ["/usr/bin/env", "openssl", "s_client", "-brief", "-connect", "127.0.0.1:\(fixture.port)"] + options)
            #expect((said.status == 0) == isTaken, "\(said.errors)")
            #expect(await serving.end(with: SIGTERM) == 0)
        }
    }

    @Test("takes a new certificate at SIGHUP, and an open connection goes on; a bad pair changes nothing")
    func renews() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let (first, second) = (
                try await CertificateAuthority("First", in: folder),
                try await CertificateAuthority("Second", in: folder)
            )
            let (files, next) = (CertificateFiles("server", in: folder), CertificateFiles("next", in: folder))
            try await first.issue(files)
            try await second.issue(next)
            let serving = try await fixture.serve(Self.settings(files))
            try await HTTPSClient.with(trusting: first, port: fixture.port) { kept in
                #expect(try await kept.get("/health").statusCode == 200)

                try Data(contentsOf: URL(filePath: next.certificate)).write(to: URL(filePath: files.certificate))
                kill(serving.processID, SIGHUP)
                // One that never says so outlasts the suite's time limit.
                while try !serving.errors().contains("don't belong together") { await Task.yield() }
                #expect(try await HTTPSClient.status(trusting: first, port: fixture.port) == 200)

                try next.overwrite(files)
                kill(serving.processID, SIGHUP)
                while try await HTTPSClient.status(trusting: second, port: fixture.port) == nil {}
                #expect(try await HTTPSClient.status(trusting: first, port: fixture.port) == nil)
                #expect(try await kept.get("/health").statusCode == 200, "its connection has the certificate of before")
                #expect(try serving.errors().contains("certificate replaced"))
                #expect(await serving.end(with: SIGTERM) == 0)
            }
        }
    }

    @Test("does not start with files that can't be used, and leaves no data folder behind")
    func refuses() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let authority = try await CertificateAuthority("Ours", in: folder)
            let (files, other) = (CertificateFiles("server", in: folder), CertificateFiles("other", in: folder))
            try await authority.issue(files)
            try await authority.issue(other)
            let mixed = CertificateFiles(certificate: files.certificate, key: other.key)
            let refused = try await FinishedCommand.daybook(
                ["serve"], fixture.environment.merging(Self.settings(mixed)) { $1 })
            #expect(refused.status != 0 && refused.output.isEmpty)
            #expect(refused.errors.contains("don't belong together"))
            try other.makePrivate(0o644)
            let open = try await FinishedCommand.daybook(
                ["serve"], fixture.environment.merging(Self.settings(other)) { $1 })
            #expect(open.status != 0 && open.errors.contains("Others can read the private key"))
            #expect(!FileManager.default.fileExists(atPath: fixture.data.path))
        }
    }
}
