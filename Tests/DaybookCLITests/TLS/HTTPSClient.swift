// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes
import NIOSSL

/// A client that trusts one authority and no other, and keeps its connection open.
struct HTTPSClient {
    private let client: HTTPClient
    private let port: Int

    private init(trusting authority: CertificateAuthority, port: Int) throws {
        var configuration = AsyncHTTPTransport.configuration()
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authority.certificate.path))
        configuration.tlsConfiguration = tls
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        self.port = port
    }

    func get(_ path: String) async throws -> TransportResponse {
        guard let url = URL(string: "https://localhost:\(port)\(path)") else { throw CommandFailure(path) }
        return try await AsyncHTTPTransport(client: client).send(
            TransportRequest(head: HTTPRequest(method: .get, url: url)), deadline: .seconds(30))
    }

    /// One for as long as `body` takes: a client that an error leaves open would end the whole test program.
    static func with(
        trusting authority: CertificateAuthority, port: Int, _ body: (HTTPSClient) async throws -> Void
    ) async throws {
        let client = try HTTPSClient(trusting: authority, port: port)
        do {
            try await body(client)
        } catch {
            try await client.close()
            throw error
        }
        try await client.close()
    }

    private func close() async throws { try await client.shutdown() }

    /// The status of one request over a connection of its own; nil where the connection fails.
    static func status(trusting authority: CertificateAuthority, port: Int) async throws -> Int? {
        let client = try HTTPSClient(trusting: authority, port: port)
        // Every failure to connect is an answer here.
        let answer = try? await client.get("/health")
        try await client.close()
        return answer?.statusCode
    }
}
