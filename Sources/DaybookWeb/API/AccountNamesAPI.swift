// SPDX-License-Identifier: Apache-2.0
package import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The names by which counters' files know accounts, and the company's chart to choose from, for programs.
struct AccountNamesAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("account-names") { request, context in
            let names = try await desk.books.accountNames(of: try await connection(request, context.actor))
            return try JSONAnswer.response(["names": names.map(AccountNameShape.init)])
        }
        api.put("account-names") { request, context in try await choose(request, context) }
        api.get("accounts") { request, context in
            let chart = try await desk.connections.chart(of: try await connection(request, context.actor))
            return try JSONAnswer.response(["accounts": chart.rows.map(AccountShape.init)])
        }
    }

    private func choose(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: AccountNameBody.self)
        let id = Connection.ID(body.connection)
        var choice: ChosenAccount?
        if let text = body.account {
            let chart = try await desk.connections.chart(of: id)
            do throws(AccountChart.Refused) {
                choice = try chart.choice(text)
            } catch {
                throw HTTPProblem(.unprocessableContent, "Not an account to choose", error.message)
            }
        }
        try await desk.books.choose([body.name: choice], in: id, by: context.actor)
        return try JSONAnswer.response(
            AccountNameShape(NamedAccount(connection: id, account: body.name, choice: choice)))
    }

    private func connection(_ request: Request, _ actor: Actor) async throws -> Connection.ID {
        let text = FormFields(parsing: request.uri.query ?? "")["connection"]
        guard let value = Int64(digits: text ?? "1"), value > 0 else {
            throw HTTPProblem(
                .badRequest, "Not a connection",
                "connection is “\((text ?? "").prefix(60))”; write a connection's number.")
        }
        let id = Connection.ID(value)
        guard actor.maySeeAll(of: id), try await desk.connections.connection(id) != nil else {
            throw HTTPProblem.notFound("There is no connection \(value).")
        }
        return id
    }
}

/// A name of a counter's files with the account that it means, in JSON.
package struct AccountNameShape: Codable, Sendable, Equatable {
    package struct Account: Codable, Sendable, Equatable {
        /// QuickBooks' id.
        package let id: String
        /// The full name when it was chosen.
        package let name: String
    }

    package let connection: Int64
    package let source: String
    package let name: String
    /// Nil where nobody has chosen one, and it is found by its number or name.
    package let account: Account?

    package init(_ named: NamedAccount) {
        connection = named.connection.value
        source = named.account.source
        name = named.account.name
        account = named.choice.map { Account(id: $0.id, name: $0.name) }
    }
}

/// An account of the company's chart, in JSON.
package struct AccountShape: Codable, Sendable, Equatable {
    package let id: String
    package let number: String?
    package let name: String
    package let type: String
    package let isActive: Bool

    package init(_ row: AccountChart.Row) {
        id = row.account.id
        number = row.number?.text
        name = row.account.name
        type = row.account.type
        isActive = row.account.isActive
    }
}
