// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Finds out from which address a request came, and whether by a proxy.
///
/// It refuses nothing.
struct ForwardingGate: RouterMiddleware {
    typealias Context = SiteContext

    let proxies: TrustedProxies

    @concurrent
    func handle(
        _ request: Request, context: SiteContext,
        next: @concurrent (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.cameByProxy = Self.cameByProxy(request.headers)
        if let peer = IPAddress(context.source) {
            context.isFromTrustedProxy = proxies.trusts(peer)
            let client = proxies.client(peer: peer, forwardedFor: request.headers[values: .xForwardedFor])
            context.source = client.description
        }
        return try await next(request, context)
    }

    /// Whether the request has a header of a proxy, which browsers and the programs of this machine don't send by
    /// themselves.
    ///
    /// It does not matter who wrote the header: a client that claims to come by a proxy only loses rights by it.
    static func cameByProxy(_ headers: HTTPFields) -> Bool {
        headers.contains { field in
            let name = field.name.canonicalName
            return name.hasPrefix("x-forwarded-") || ["forwarded", "via", "x-real-ip"].contains(name)
        }
    }
}
