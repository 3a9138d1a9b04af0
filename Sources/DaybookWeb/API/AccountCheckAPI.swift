// SPDX-License-Identifier: Apache-2.0
package import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The check of a company's accounts, and the accounts of roles, for programs.
struct AccountCheckAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("account-check") { request, context in try await show(request, context) }
        api.post("account-check") { request, context in try await check(request, context) }
        api.post("account-check/answers") { request, context in try await answer(request, context) }
        api.put("role-accounts") { request, context in try await choose(request, context) }
    }

    private func show(_ request: Request, _ context: SiteContext) async throws -> Response {
        let text = FormFields(parsing: request.uri.query ?? "")["connection"]
        guard let value = Int64(digits: text ?? "1"), value > 0 else {
            throw HTTPProblem(
                .badRequest, "Not a connection",
                "connection is “\((text ?? "").prefix(60))”; write a connection's number.")
        }
        let id = try await connection(value, context.actor)
        guard let check = try await desk.books.accountCheck(of: id) else {
            throw HTTPProblem.notFound(
                "QuickBooks was not asked for the accounts of connection \(value) yet; POST to this address to ask.")
        }
        return try JSONAnswer.response(AccountCheckShape(check, of: id))
    }

    private func check(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: AccountCheckBody.self)
        let id = try await connection(body.connection, context.actor)
        let check = try await desk.connections.checkAccounts(of: id, by: context.actor)
        return try JSONAnswer.response(AccountCheckShape(check, of: id))
    }

    private func answer(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: AccountAnswerBody.self)
        let id = try await connection(body.connection, context.actor)
        try await desk.books.answer(body.slot, body.answer, in: id, by: context.actor)
        return try await account(body.slot, in: id)
    }

    private func choose(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: RoleAccountBody.self)
        let id = try await connection(body.connection, context.actor)
        var row: AccountChart.Row?
        if let text = body.account {
            let chart = try await desk.connections.chart(of: id)
            do throws(AccountChart.Refused) {
                row = try chart.row(text)
            } catch {
                throw HTTPProblem(.unprocessableContent, "Not an account to choose", error.message)
            }
        }
        try await desk.books.choose([body.slot: row], in: id, by: context.actor)
        return try await account(body.slot, in: id)
    }

    private func account(_ slot: AccountNumbers.Slot, in id: Connection.ID) async throws -> Response {
        let kept = try await desk.books.keptAccounts(of: id)[slot]
        return try JSONAnswer.response(RoleAccountShape(slot, kept, of: id))
    }

    private func connection(_ value: Int64, _ actor: Actor) async throws -> Connection.ID {
        let id = Connection.ID(value)
        guard actor.maySeeAll(of: id), try await desk.connections.connection(id) != nil else {
            throw HTTPProblem.notFound("There is no connection \(value).")
        }
        return id
    }
}

/// The account of a role at a store, in JSON.
package struct RoleAccountShape: Codable, Sendable, Equatable {
    package struct Account: Codable, Sendable, Equatable {
        /// QuickBooks' id.
        package let id: String
        /// The full name when it was chosen.
        package let name: String
        package let number: String?
    }

    package let connection: Int64
    package let store: Int
    package let role: String
    /// Nil where none is chosen.
    package let account: Account?

    package init(_ slot: AccountNumbers.Slot, _ kept: KeptAccount?, of id: Connection.ID) {
        connection = id.value
        store = slot.store.value
        role = slot.role.code
        account = kept.map { Account(id: $0.account.id, name: $0.account.name, number: $0.number?.text) }
    }
}
