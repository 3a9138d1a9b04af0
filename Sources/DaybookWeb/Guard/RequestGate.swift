// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Gives each request its number, which the task carries and the answer shows, and tells of requests that are refused.
struct RequestGate: RouterMiddleware {
    typealias Context = SiteContext

    let randomness: any Randomness
    let onRefusal: @Sendable (RequestRefusal) -> Void

    @concurrent
    func handle(
        _ request: Request, context: SiteContext,
        next: @concurrent (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let id = given(request, context) ?? RequestNumber(randomness)
        var response = try await RequestNumber.$current.withValue(id) {
            let response = try await next(request, context)
            if (400..<500).contains(response.status.code) {
                onRefusal(RequestRefusal(status: response.status.code, request, context))
            }
            return response
        }
        response.headers[.xRequestID] = id.text
        return response
    }

    /// The number that a proxy gave; nobody else's counts, because a stranger could make two requests look like one.
    private func given(_ request: Request, _ context: SiteContext) -> RequestNumber? {
        let values = request.headers[values: .xRequestID]
        guard context.isFromTrustedProxy, values.count == 1, let value = values.first else { return nil }
        return RequestNumber(given: value)
    }
}

/// A request that was refused: by a limit, by missing rights, or because something in it is wrong.
package struct RequestRefusal: Sendable {
    package let status: Int
    package let method: String
    /// The route's pattern, never its values.
    package let route: String
    /// The address that it came from.
    package let source: String

    init(status: Int, _ request: Request, _ context: SiteContext) {
        self.status = status
        method = request.method.rawValue
        route = context.endpointPath ?? "none"
        source = context.source
    }
}
