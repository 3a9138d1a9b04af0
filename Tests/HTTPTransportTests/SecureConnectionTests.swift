// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import HTTPTransport
import HTTPTypes
import NIOSSL
import Testing

@Suite("Whom the real transport talks to over TLS")
struct SecureConnectionTests {
    private static let answer = ScriptedServer.Conduct.answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    @Test("versions before TLS 1.2 are refused, and nothing is sent; 1.2 and 1.3 will do")
    func versions() async throws {
        let shown = try TestCertificate(for: .loopback)
        for version in [TLSVersion.tlsv1, .tlsv11] {
            let old = try shown.server {
                $0.minimumTLSVersion = .tlsv1
                $0.maximumTLSVersion = version
            }
            try await ScriptedServer.with(Self.answer, security: old) { server in
                let isRefused = try await self.isRefused(by: server, trusting: shown)
                #expect(isRefused && server.requests.isEmpty, "\(version)")
                // The version is the only reason: a client that accepts old versions can connect to this server.
                let isOldRefused = try await self.isRefused(by: server, trusting: shown, least: .tlsv1)
                #expect(!isOldRefused, "\(version)")
            }
        }
        for version in [TLSVersion.tlsv12, .tlsv13] {
            let good = try shown.server {
                $0.minimumTLSVersion = version
                $0.maximumTLSVersion = version
            }
            try await ScriptedServer.with(Self.answer, security: good) { server in
                let isRefused = try await self.isRefused(by: server, trusting: shown)
                #expect(!isRefused, "\(version)")
            }
        }
    }

    /// Without authenticated encryption.
    private static let weakSuites: [NIOTLSCipher] = [
        .TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, .TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA,
    ]
    private static let goodSuites: [NIOTLSCipher] = [
        .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
    ]

    @Test("with TLS 1.2, a server that has only weak cipher suites is refused; each recommended one will do")
    func suites() async throws {
        let shown = try TestCertificate(for: .loopback)
        for suite in Self.weakSuites + Self.goodSuites {
            let context = try shown.server {
                $0.maximumTLSVersion = .tlsv12
                $0.cipherSuiteValues = [suite]
            }
            let isWeak = Self.weakSuites.contains(suite)
            try await ScriptedServer.with(Self.answer, security: context) { server in
                let isRefused = try await self.isRefused(by: server, trusting: shown)
                #expect(isRefused == isWeak, "\(suite.rawValue)")
                // The suite is the only reason: a client with the library's own choice of suites can connect.
                let isOtherwiseRefused = try await self.isRefused(by: server, trusting: shown, anySuite: true)
                #expect(!isOtherwiseRefused, "\(suite.rawValue)")
            }
        }
    }

    @Test(
        "a certificate that nobody known signed, of another name, or that has run out is refused, and nothing is sent")
    func certificates() async throws {
        let good = try TestCertificate(for: .loopback)
        let (other, old) = (
            try TestCertificate(for: .host("books.example")), try TestCertificate(for: .loopback, validity: .over)
        )
        for (shown, trusted) in [(good, nil), (good, other), (other, other), (old, old)]
            as [(TestCertificate, TestCertificate?)]
        {
            try await ScriptedServer.with(Self.answer, security: try shown.server()) { server in
                let isRefused = try await self.isRefused(by: server, trusting: trusted)
                #expect(isRefused && server.requests.isEmpty)
            }
        }
        try await ScriptedServer.with(Self.answer, security: try good.server()) { server in
            let isRefused = try await self.isRefused(by: server, trusting: good)
            #expect(!isRefused, "with a known signer all is well")
        }
    }

    /// Whether there is no connection, for the client that Daybook uses.
    ///
    /// - Parameter trusted: The only certificate that the client trusts; nil for those that the system trusts.
    private func isRefused(
        by server: ScriptedServer, trusting trusted: TestCertificate?, least: TLSVersion? = nil,
        anySuite: Bool = false
    ) async throws -> Bool {
        var configuration = AsyncHTTPTransport.configuration()
        var security = configuration.tlsConfiguration ?? .makeClientConfiguration()
        if let trusted { security.trustRoots = .certificates([trusted.certificate]) }
        if let least { security.minimumTLSVersion = least }
        if anySuite || least != nil { security.cipherSuites = TLSConfiguration.makeClientConfiguration().cipherSuites }
        configuration.tlsConfiguration = security
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let head = HTTPRequest(method: .get, scheme: "https", authority: "127.0.0.1:\(server.port)", path: "/")
        let outcome: TransportError?
        do {
            _ = try await AsyncHTTPTransport(client: client).send(TransportRequest(head: head), deadline: .seconds(60))
            outcome = nil
        } catch let error as TransportError {
            outcome = error
        }
        try await client.shutdown()
        guard let outcome else { return false }
        guard case .connectionFailed = outcome else {
            Issue.record("\(outcome)")
            return true
        }
        return true
    }
}
