// SPDX-License-Identifier: Apache-2.0
@testable import DaybookWeb
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("A server proves which data folder it serves")
struct IdentityTests {
    private static let challenge = Array(UInt8(100)..<132)

    @Test("the proof is of the challenge and the identity, and of no other")
    func proof() async throws {
        let proof = ServerIdentity(Array(1...32)).proof(of: Self.challenge)
        #expect(ServerIdentity(Array(1...32)).isProven(by: proof, of: Self.challenge))
        #expect(!ServerIdentity(Array(2...33)).isProven(by: proof, of: Self.challenge))
        #expect(!ServerIdentity(Array(1...32)).isProven(by: proof, of: Self.challenge.reversed()))
        #expect(!ServerIdentity(Array(1...32)).isProven(by: "", of: Self.challenge))
        #expect(ServerIdentity(Array(1...32)).name != ServerIdentity(Array(2...33)).name)
    }

    @Test("the API answers a challenge, and refuses what is not one")
    func challenge() async throws {
        try await SiteFixture.open { fixture in
            try await Application(router: fixture.site.router()).test(.router) { client in
                let text = HexDigits.text(Self.challenge)
                let answer = try await client.execute(uri: "/api/v1/identity?challenge=\(text)", method: .get)
                #expect(
                    String(buffer: answer.body) == "{\"proof\":\"\(fixture.identity.proof(of: Self.challenge))\"}\n")
                for wrong in [
                    "", "?challenge=00", "?challenge=\(text)00", "?challenge=\(text.dropLast())g",
                ] {
                    let refused = try await client.execute(uri: "/api/v1/identity\(wrong)", method: .get)
                    #expect(refused.status == .unprocessableContent, "\(wrong)")
                    #expect(String(buffer: refused.body).contains("64 hex digits"))
                }
            }
        }
    }

    @Test("a request that names another server is refused everywhere; one that names this server or none is served")
    func gate() async throws {
        try await SiteFixture.open { fixture in
            try await Application(router: fixture.site.router()).test(.router) { client in
                let other = ServerIdentity(Array(2...33)).name
                for (name, status) in [
                    (other, HTTPResponse.Status.misdirectedRequest), (fixture.identity.name, .ok), (nil, .ok),
                ] {
                    var headers: HTTPFields = [:]
                    headers[.daybookServer] = name
                    for path in ["/health", "/api/v1/notifiers"] {
                        let answer = try await client.execute(uri: path, method: .get, headers: headers)
                        #expect(answer.status == status, "\(path) \(name ?? "none")")
                    }
                }
            }
        }
    }
}
