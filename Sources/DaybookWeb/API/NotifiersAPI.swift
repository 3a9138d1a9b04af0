// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Who is told of a connection's troubles, and the delivery log, for programs.
struct NotifiersAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("notifiers") { _, _ in try await list() }
        api.post("notifiers") { request, context in try await add(request, context) }
        api.delete("notifiers/{id}") { _, context in try await remove(context) }
        api.post("notifiers/{id}/test") { request, context in try await test(request, context) }
        api.get("deliveries") { request, _ in try await deliveries(request) }
    }

    private func list() async throws -> Response {
        try JSONAnswer.response(["notifiers": try await desk.notifications.list().map(NotifierShape.init)])
    }

    private func add(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: NotifierBody.self)
        let added = try await desk.notifications.add(body.form, by: context.actor)
        return try JSONAnswer.response(
            AddedShape(added), status: .created)
    }

    private func remove(_ context: SiteContext) async throws -> Response {
        try await desk.notifications.remove(try await notifier(context), by: context.actor)
        return try await list()
    }

    private func test(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await APIBody.json(request, as: EmptyBody.self)
        return try JSONAnswer.response(
            TrialShape(try await desk.notifications.test(try await notifier(context), by: context.actor)))
    }

    private func deliveries(_ request: Request) async throws -> Response {
        let query = FormFields(parsing: request.uri.query ?? "")
        let text = query["limit"] ?? "100"
        guard let limit = Int(digits: text), (1...500).contains(limit) else {
            throw HTTPProblem(
                .badRequest, "Out of range", "limit is “\(text.prefix(60))”; write a whole number from 1 to 500.")
        }
        return try JSONAnswer.response([
            "deliveries": try await desk.notifications.deliveries(limit: limit).map(DeliveryShape.init)
        ])
    }

    private func notifier(_ context: SiteContext) async throws -> Notifier.ID {
        guard let value = context.parameters.get("id", as: Int64.self),
            let notifier = try await desk.notifications.list().first(where: { $0.id == Notifier.ID(value) })
        else {
            throw HTTPProblem(
                .notFound, "No such notifier",
                "There is no notifier \(context.parameters.get("id") ?? ""); GET /api/v1/notifiers lists those there are."
            )
        }
        return notifier.id
    }
}
