// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Refuses what a command meant for another server.
///
/// After a command has found a server and before it calls it, that server may have stopped and this one taken its port.
struct IdentityGate: RouterMiddleware {
    typealias Context = SiteContext

    let identity: ServerIdentity

    @concurrent
    func handle(
        _ request: Request, context: SiteContext,
        next: @concurrent (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        if let meant = request.headers[.daybookServer], meant != identity.name {
            throw HTTPProblem(
                .misdirectedRequest, "This request was meant for another Daybook",
                """
                The Daybook that the command had found has stopped or was started again meanwhile; here nothing was \
                done. Run the command again.
                """)
        }
        return try await next(request, context)
    }
}
