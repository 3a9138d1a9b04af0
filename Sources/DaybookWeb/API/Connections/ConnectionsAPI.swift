// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// All connections, and what a person does with one, for programs.
///
/// No answer holds a token or a secret.
struct ConnectionsAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("connections") { _, context in try await list(context) }
        api.get("connections/{id}") { request, context in try await show(request, context) }
        api.get("connections/{id}/history") { request, context in try await history(request, context) }
        api.post("connections/{id}/test") { request, context in try await test(request, context) }
        api.post("connections/{id}/disconnect") { request, context in try await disconnect(request, context) }
        api.put("connections/{id}/settings") { request, context in try await paste(request, context) }
        api.post("connections/{id}/confirm") { request, context in try await confirm(request, context) }
        api.put("stores/{store}/connection") { request, context in try await assign(request, context) }
    }

    private func list(_ context: SiteContext) async throws -> Response {
        var connections: [ConnectionResponse] = []
        for connection in try await desk.connections.all() where context.actor.maySee(connection.id) {
            connections.append(ConnectionResponse(try await details(connection.id, history: 0)))
        }
        return try JSONAnswer.response(
            ConnectionListResponse(
                connections: connections, apps: try await desk.credentials.apps().map(ConnectionResponse.App.init),
                environments: desk.environments.names.map(\.text), redirectUri: desk.redirectURI))
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let query = FormFields(parsing: request.uri.query ?? "")
        let text = query["history"] ?? "50"
        guard let lines = Int(digits: text), (0...1000).contains(lines) else {
            throw HTTPProblem(
                .badRequest, "Out of range", "history is “\(text.prefix(60))”; write a whole number from 0 to 1000.")
        }
        let details = try await details(try await connection(context).id, history: lines)
        return try JSONAnswer.response(ConnectionResponse(details))
    }

    private func history(_ request: Request, _ context: SiteContext) async throws -> Response {
        let query = FormFields(parsing: request.uri.query ?? "")
        let text = query["limit"] ?? "100"
        guard let limit = Int(digits: text), (1...1000).contains(limit) else {
            throw HTTPProblem(
                .badRequest, "Out of range", "limit is “\(text.prefix(60))”; write a whole number from 1 to 1000.")
        }
        let notes = try await desk.connections.history(try await connection(context).id, limit: limit)
        return try JSONAnswer.response(["history": notes.map(ConnectionResponse.Note.init)])
    }

    private func test(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: TestBody.self)
        let id = try await connection(context).id
        let report = try await desk.connections.test(id, writing: body.writes, by: context.actor)
        return try JSONAnswer.response(ConnectionTestResponse(report))
    }

    private func disconnect(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: DisconnectBody.self)
        let id = try await connection(context).id
        let outcome =
            body.forgets
            ? try await desk.connections.forget(id, by: context.actor)
            : try await desk.connections.disconnect(id, by: context.actor)
        return try JSONAnswer.response(DisconnectResponse(outcome, id))
    }

    private func paste(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: PasteBody.self)
        let id = try await context.parameters.get("id") == "new" ? nil : connection(context).id
        let pasted = try await desk.credentials.propose(try body.form(for: id), by: context.actor)
        return try JSONAnswer.response(ConnectOutcomeResponse(pasted, notes: body.cleanings))
    }

    private func confirm(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: ConfirmBody.self)
        let id = try await connection(context).id
        let connected = try await desk.credentials.confirm(id, realmID: body.realmID, by: context.actor)
        return try JSONAnswer.response(ConnectOutcomeResponse(connected))
    }

    private func assign(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: AssignBody.self)
        guard let store = context.parameters.get("store", as: Int.self).flatMap({ StoreNumber($0) }) else {
            throw HTTPProblem(.notFound, "Not a store number", "A store is a whole number from 1 to 9999.")
        }
        let move = try await desk.books.assign(store, to: Connection.ID(body.connection), by: context.actor)
        return try JSONAnswer.response(StoreMoveResponse(move))
    }

    private func details(_ id: Connection.ID, history lines: Int) async throws -> ConnectionDetails {
        guard let details = try await desk.connections.details(id, history: lines) else {
            throw Self.notFound("\(id.value)")
        }
        return details
    }

    private func connection(_ context: SiteContext) async throws -> Connection {
        guard let id = context.parameters.get("id", as: Int64.self),
            let connection = try await desk.connections.connection(Connection.ID(id)),
            context.actor.maySee(connection.id)
        else { throw Self.notFound(context.parameters.get("id") ?? "") }
        return connection
    }

    private static func notFound(_ id: String) -> HTTPProblem {
        HTTPProblem(
            .notFound, "No such connection",
            "There is no connection “\(id)”; GET /api/v1/connections lists those there are.")
    }
}
