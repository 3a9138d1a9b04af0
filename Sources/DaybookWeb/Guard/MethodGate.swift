// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Refuses a method that the address does not take, or that no address takes, before anything else is asked.
struct MethodGate: RouterMiddleware {
    typealias Context = SiteContext

    let methods: MethodTable

    @concurrent
    func handle(
        _ request: Request, context: SiteContext,
        next: @concurrent (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let allowed = methods.methods(at: request.uri.path)
        let method = request.method.rawValue
        if allowed.isEmpty {
            if !Self.known.contains(request.method) { throw Self.unknown(method) }
        } else if !allowed.contains(method) {
            throw Self.notAllowed(method, allowed)
        }
        return try await next(request, context)
    }

    private static let known: Set<HTTPRequest.Method> = [.get, .head, .post, .put, .delete, .patch, .options]

    private static func unknown(_ method: String) -> HTTPProblem {
        HTTPProblem(
            .notImplemented, "Unknown method",
            "No address of Daybook's takes \(method.prefix(20)). Use GET, HEAD, POST, PUT or DELETE.")
    }

    private static func notAllowed(_ method: String, _ allowed: [String]) -> HTTPProblem {
        let names = allowed.joined(separator: ", ")
        var problem = HTTPProblem(
            .methodNotAllowed, "Method not allowed",
            "This address does not take \(method.prefix(20)); it takes \(names) only.")
        problem.headers[.allow] = names
        return problem
    }
}
