// SPDX-License-Identifier: Apache-2.0
import Daybook
import Hummingbird
import HummingbirdCore

/// Finds customers, and anonymizes them, for commands.
struct CustomersAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("customers") { request, context in try await list(request, context) }
        api.post("customers/anonymize") { request, context in try await anonymize(request, context) }
    }

    private func list(_ request: Request, _ context: SiteContext) async throws -> Response {
        let query = FormFields(parsing: request.uri.query ?? "")
        let limit = query["limit"] ?? "100"
        guard let limit = Int(digits: limit), (1...500).contains(limit) else {
            throw HTTPProblem(
                .badRequest, "Out of range", "limit is “\(limit.prefix(60))”; write a whole number from 1 to 500.")
        }
        let customers = try await desk.customers.list(
            matching: CustomerFilter(try Self.wanted(query), limit: limit), by: context.actor)
        return try JSONAnswer.response(["customers": customers.map(CustomerShape.init)])
    }

    private static func wanted(_ query: FormFields) throws -> CustomerFilter.Wanted {
        switch (query["search"], query["id"]) {
        case (nil, nil): .oldest
        case (let name?, nil): .named(name)
        case (nil, let id?): .numbered(id)
        case (.some, .some):
            throw HTTPProblem(
                .badRequest, "Two questions", "search is for a name and id for a number; send one of the two.")
        }
    }

    private func anonymize(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: CustomerBody.self)
        let (customer, isDone) = try await desk.customers.anonymize(body.key, by: context.actor)
        return try JSONAnswer.response(AnonymizedCustomerShape(customer, isDone: isDone))
    }
}
