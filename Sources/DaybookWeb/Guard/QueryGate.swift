// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Refuses a program's request with a query parameter that its address does not take.
///
/// Otherwise a mistyped filter would answer with everything, and with a mistyped `dryRun` transactions would be taken.
struct QueryGate: RouterMiddleware {
    typealias Context = SiteContext

    /// By method and route; an API route that is not among them takes none.
    ///
    /// openapi.yaml says the same, and a test compares them.
    static let parameters: [String: [String]] = [
        "GET /api/v1/identity": ["challenge"],
        "GET /api/v1/deliveries": ["limit"],
        "GET /api/v1/customers": ["search", "id", "limit"],
        "GET /api/v1/audit": ["actor", "act", "object", "request", "since", "until", "before", "limit"],
        "POST /api/v1/transactions": ["partial", "dryRun", "farDates", "overlaps", "beside", "ledger", "file"],
        "GET /api/v1/files": ["limit"],
        "GET /api/v1/exports": ["state", "store", "connection", "search", "cursor", "pageSize"],
        "GET /api/v1/account-names": ["connection"],
        "GET /api/v1/account-check": ["connection"],
        "GET /api/v1/accounts": ["connection"],
        "GET /api/v1/connections/{id}": ["history"],
        "GET /api/v1/connections/{id}/history": ["limit"],
    ]

    @concurrent
    func handle(
        _ request: Request, context: SiteContext,
        next: @concurrent (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        if let route = context.endpointPath, route.hasPrefix("/api/") { try check(request, route) }
        return try await next(request, context)
    }

    private func check(_ request: Request, _ route: String) throws {
        let query = FormFields(parsing: request.uri.query ?? "")
        let given = query.values.keys.sorted()
        // HEAD is answered as GET is.
        let method = request.method == .head ? HTTPRequest.Method.get : request.method
        let known = Self.parameters["\(method.rawValue) \(route)"] ?? []
        guard let unknown = given.first(where: { !known.contains($0) }) else { return try checkValues(query) }
        let remedy = known.isEmpty ? "This address takes none" : "This address takes \(known.joined(separator: ", "))"
        throw HTTPProblem(
            .badRequest, "Unknown parameter",
            "There is no query parameter “\(unknown.prefix(60))” here. \(remedy); remove it or correct its name.")
    }

    /// Otherwise a parameter whose value is missing, or that is there twice, would be ignored in silence.
    private func checkValues(_ query: FormFields) throws {
        for (name, values) in query.values.sorted(by: { $0.key < $1.key }) {
            if values.count > 1 {
                throw HTTPProblem(
                    .badRequest, "A parameter twice", "\(name) is given \(values.count) times; keep one of them.")
            }
            // An empty search is no mistake: it finds everything.
            if query[name] == nil, name != "search" {
                throw HTTPProblem(
                    .badRequest, "A parameter without a value", "\(name) has no value; write one or remove \(name).")
            }
        }
    }
}
