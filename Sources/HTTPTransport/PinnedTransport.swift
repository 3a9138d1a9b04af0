// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient

/// Requests to a host at an address that was looked up before, each over a connection of its own.
///
/// The name is not looked up again, so the address that was checked is the one that is called.
package struct PinnedTransport: HTTPTransport {
    private let host: String
    private let address: String
    private let responseLimit: Int

    /// - Parameters:
    ///   - host: As it stands in the requests' addresses; the certificate has to name it.
    ///   - address: An IPv4 or IPv6 address of that host.
    ///   - responseLimit: The largest body accepted, in bytes.
    package init(host: String, address: String, responseLimit: Int) {
        self.host = host
        self.address = address
        self.responseLimit = responseLimit
    }

    package func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        var configuration = AsyncHTTPTransport.configuration()
        configuration.dnsOverride = [host: address]
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let outcome: Result<TransportResponse, any Error>
        do {
            let transport = AsyncHTTPTransport(client: client, responseLimit: responseLimit)
            outcome = .success(try await transport.send(request, deadline: deadline))
        } catch {
            outcome = .failure(error)
        }
        try await client.shutdown()
        return try outcome.get()
    }
}
