// SPDX-License-Identifier: Apache-2.0
import Foundation
@testable import HTTPTransport
import NIOSSL
import Testing

@Suite("Looking at the certificate that a server shows")
struct PresentedCertificateTests {
    private func look(_ shown: TestCertificate, trusting trusted: TestCertificate?) async throws
        -> PresentedCertificate
    {
        try await ScriptedServer.with(.silence, security: try shown.server()) { server in
            let roots = trusted.map { NIOSSLTrustRoots.certificates([$0.certificate]) } ?? .default
            let found = try await PresentedCertificate.look(host: "127.0.0.1", port: server.port, roots: roots)
            #expect(server.requests.isEmpty)
            return found
        }
    }

    @Test("tells who is trusted, for which name, and until when")
    func judged() async throws {
        let good = try TestCertificate(for: .loopback)
        let taken = try await look(good, trusting: good)
        #expect(taken.doubt == nil)
        #expect(taken.notBefore == Date(timeIntervalSince1970: 1_577_836_800))
        #expect(taken.notAfter == Date(timeIntervalSince1970: 2_524_607_999))
        #expect(try await look(good, trusting: nil).doubt == .issuer, "it has signed itself")
        let other = try TestCertificate(for: .host("books.example"))
        #expect(try await look(other, trusting: other).doubt == .name)
        #expect(try await look(good, trusting: other).doubt == .issuer)
        let old = try TestCertificate(for: .loopback, validity: .over)
        let over = try await look(old, trusting: old)
        #expect(over.doubt != nil && over.notAfter == Date(timeIntervalSince1970: 1_609_459_199))
    }

    @Test("a server without TLS, one that hangs up and one that is not there have none")
    func none() async throws {
        for conduct in [ScriptedServer.Conduct.answer("HTTP/1.1 400 Bad Request\r\n\r\n"), .closeAtOnce] {
            try await ScriptedServer.with(conduct) { server in
                _ = await #expect(throws: TransportError.self) {
                    try await PresentedCertificate.look(
                        host: "127.0.0.1", port: server.port, deadline: .milliseconds(100))
                }
            }
        }
        await #expect(throws: TransportError.self) {
            try await PresentedCertificate.look(host: "127.0.0.1", port: ScriptedServer.deserted)
        }
    }
}
