// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Serves requests to the public address's Host name, and redirects or refuses those to other names.
struct HostGate: RouterMiddleware {
    typealias Context = SiteContext

    let policy: HostPolicy

    @concurrent
    func handle(
        _ request: Request, context: SiteContext,
        next: @concurrent (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let verdict = policy.verdict(
            host: request.head.authority, method: request.method, path: request.uri.path, query: request.uri.query)
        switch verdict {
        case .serve:
            return try await next(request, context)
        case .redirect(let address):
            return Response(status: .permanentRedirect, headers: [.location: address])
        case .refuse:
            throw HTTPProblem(
                .misdirectedRequest, "This address is not Daybook's",
                SitePaths.isForPrograms(request.uri.path)
                    ? "Daybook answers programs only at \(policy.origin). Send the call there."
                    : "Daybook takes changes only at \(policy.origin). Open \(policy.origin) and do it there.")
        }
    }
}
