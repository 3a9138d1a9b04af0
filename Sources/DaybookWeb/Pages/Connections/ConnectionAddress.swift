// SPDX-License-Identifier: Apache-2.0
import Daybook
import Hummingbird

/// The pages of one connection.
struct ConnectionAddress {
    let id: Connection.ID

    var page: String { "/connections/\(id.value)" }
    var settings: String { "\(page)/settings" }
    var confirmation: String { "\(page)/confirm" }

    /// - Throws: ``HTTPProblem`` when there is no such connection.
    static func connection(_ context: SiteContext, _ desk: Desk) async throws -> Connection {
        guard let value = context.parameters.get("id", as: Int64.self),
            let connection = try await desk.connections.connection(Connection.ID(value)),
            context.actor.maySee(connection.id)
        else { throw HTTPProblem.notFound("There is no such connection; the Connections page lists those there are.") }
        return connection
    }
}
