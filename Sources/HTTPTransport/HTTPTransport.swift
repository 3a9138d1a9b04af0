// SPDX-License-Identifier: Apache-2.0

/// The one seam between our code and the network: a request in, a response out.
///
/// The real form is ``AsyncHTTPTransport``. The Intuit sandbox is another, so that a whole world can
/// run in one process on a stepped clock.
///
/// An implementation does exactly one attempt: it follows no redirect, retries nothing and decides
/// nothing. It owns the only time-out.
public protocol HTTPTransport: Sendable {
    /// Sends one request and collects the whole response.
    ///
    /// - Parameters:
    ///   - request: An absolute request: scheme, authority and path are set.
    ///   - deadline: How long to wait for the last byte of the response, counted from the call.
    /// - Returns: The response, whatever its status.
    /// - Throws: ``TransportError`` and nothing else; it says whether a byte may have left.
    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse
}
