// SPDX-License-Identifier: Apache-2.0
import Daybook
import Hummingbird
import HummingbirdCore

/// The API that stores an app's keys; it never shows them.
struct AppAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.put("app") { request, context in try await save(request, context) }
    }

    /// Stores the keys for connection 1, for the connection that is named, or for a new company.
    private func save(_ request: Request, _ context: SiteContext) async throws -> Response {
        let body = try await APIBody.json(request, as: AppBody.self)
        let kept = try await desk.credentials.saveApp(body.keys, for: body.connection, by: context.actor)
        return try JSONAnswer.response(["app": ConnectionResponse.App(kept)])
    }
}

/// A member that is left out keeps the stored value.
struct AppBody: Decodable {
    /// Nil for `new`.
    let connection: Connection.ID?
    let keys: ConnectionSettings.Keys

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case connection, environment
        case clientID = "clientId"
        case clientSecret
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        connection = try Self.connection(members)
        let environment = try members.textIfPresent(.environment)
        let clientSecret = try members.pastedIfPresent(.clientSecret, isSecret: true)
        keys = ConnectionSettings.Keys(
            environment: environment.map { Daybook.Environment.Name($0) },
            clientID: try members.pastedIfPresent(.clientID),
            clientSecret: clientSecret.map(Secret.init))
    }

    private static func connection(_ members: KeyedDecodingContainer<CodingKeys>) throws -> Connection.ID? {
        guard members.contains(.connection) else { return .first }
        // Anything but a number has to be the word new.
        if let id = try? members.decode(Int64.self, forKey: .connection) { return Connection.ID(id) }
        guard try members.decode(String.self, forKey: .connection) == "new" else {
            throw DecodingError.dataCorruptedError(
                forKey: .connection, in: members, debugDescription: "write a connection's number, or new")
        }
        return nil
    }
}
