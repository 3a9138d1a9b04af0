// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The keys by which programs use the API, for programs.
struct KeysAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("keys") { _, context in try await list(context) }
        api.post("keys") { request, context in try await add(request, context) }
        api.post("keys/{serial}/revoke") { request, context in try await revoke(request, context) }
    }

    private func list(_ context: SiteContext) async throws -> Response {
        let keys = try await desk.peopleOrRefused.keys.list(by: context.actor)
        return try JSONAnswer.response(["keys": keys.map(KeyResponse.init)])
    }

    private func add(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: KeyBody.self)
        let (key, secret) = try await desk.people(for: context).keys.add(
            body.name, scopes: body.scopes, stores: body.stores, days: body.days, by: context.actor)
        return try JSONAnswer.response(
            AddedKeyResponse(key: KeyResponse(key), secret: secret.reveal()), status: .created)
    }

    private func revoke(_ request: Request, _ context: SiteContext) async throws -> Response {
        _ = try await APIBody.json(request, as: EmptyBody.self)
        let keys = try desk.people(for: context).keys
        guard let serial = context.parameters.get("serial", as: Int64.self),
            try await keys.list(by: context.actor).contains(where: { $0.serial == serial })
        else {
            throw HTTPProblem(
                .notFound, "No such key",
                "There is no key \(context.parameters.get("serial") ?? ""); GET /api/v1/keys lists those there are.")
        }
        return try JSONAnswer.response(KeyResponse(try await keys.revoke(serial, by: context.actor)))
    }
}
