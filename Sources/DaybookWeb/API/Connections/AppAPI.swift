// SPDX-License-Identifier: Apache-2.0
import Daybook
import Hummingbird
import HummingbirdCore

/// An app's keys, for programs: they go in and never come out.
struct AppAPI: Sendable {
    let desk: Desk

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.put("app") { request, _ in try await save(request) }
    }

    /// Keeps the keys for connection 1, or for the one that is named.
    private func save(_ request: Request) async throws -> Response {
        let body = try await APIBody.json(request, as: AppBody.self)
        let connection = Connection.ID(body.connection ?? Connection.ID.first.value)
        try await desk.saveApp(body.keys, for: connection, by: SiteContext.program)
        return try JSONAnswer.response(["app": try await desk.app(of: connection).map(AppShape.init)])
    }
}

/// What is left out stays as stored.
struct AppBody: Decodable {
    let connection: Int64?
    let keys: ConnectionSettings.Keys

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case connection, environment
        case clientID = "clientId"
        case clientSecret
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        connection = try members.decodeIfPresent(Int64.self, forKey: .connection)
        let environment = try members.decodeIfPresent(String.self, forKey: .environment)
        let clientSecret = try members.decodeIfPresent(String.self, forKey: .clientSecret)
        keys = ConnectionSettings.Keys(
            environment: environment.map { Daybook.Environment.Name($0) },
            clientID: try members.decodeIfPresent(String.self, forKey: .clientID),
            clientSecret: clientSecret.map(Secret.init))
    }
}
