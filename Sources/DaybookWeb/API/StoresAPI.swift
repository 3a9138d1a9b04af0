// SPDX-License-Identifier: Apache-2.0
package import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Stores with their names and companies, for programs.
struct StoresAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("stores") { _, _ in
            let stores = StoreResponse.all(
                in: try await desk.books.settings(), connections: try await desk.connections.all())
            return try JSONAnswer.response(["stores": stores])
        }
        api.put("stores/{store}") { request, context in try await confirm(request, context) }
    }

    private func confirm(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: StoreBody.self)
        guard let store = context.parameters.get("store", as: Int.self).flatMap({ StoreNumber($0) }) else {
            throw HTTPProblem(.notFound, "Not a store number", "A store is a whole number from 1 to 9999.")
        }
        let move = try await desk.books.confirm(
            store, name: body.name, in: Connection.ID(body.connection), by: context.actor)
        return try JSONAnswer.response(StoreMoveResponse(move))
    }
}

/// A store and its company, in JSON.
package struct StoreResponse: Codable, Sendable, Equatable {
    package let number: Int
    /// Nil for a store that is known only by its account numbers.
    package let name: String?
    /// The connection that it posts to.
    package let connection: Int64
    /// The company's name; nil while the connection has none.
    package let company: String?

    /// All stores that have a name or an account number, and store 1.
    package static func all(in books: BooksSettings, connections: [Connection]) -> [StoreResponse] {
        NumbersView.storeNumbers(books).map { number in
            let id = books.connection(of: number)
            return StoreResponse(
                number: number.value, name: books.stores.first { $0.number == number }?.name, connection: id.value,
                company: connections.first { $0.id == id }?.company?.name)
        }
    }
}

/// What became of a store's exports when it got another company, in JSON.
package struct StoreMoveResponse: Codable, Sendable, Equatable {
    package let moved: Int
    package let stayed: Int

    package init(_ move: StoreMove) {
        moved = move.moved
        stayed = move.stayed
    }
}
