// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Hummingbird
import HummingbirdCore

/// The connection, for programs.
///
/// No answer holds a token or a secret.
struct ConnectionAPI: Sendable {
    let desk: Desk
    let sessions: BrowserSessions

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("connection") { _, _ in try await show() }
        api.put("app") { request, _ in try await saveApp(request) }
        api.post("connection/consent") { try await consent($0, $1) }
        api.put("connection/settings") { request, _ in try await saveSettings(request) }
    }

    private func show() async throws -> Response {
        try JSONAnswer.response(
            ConnectionShape(
                try await desk.connection(.first), clientID: try await desk.clientID(), redirectURI: desk.redirectURI,
                history: try await desk.connectionHistory(.first)))
    }

    private func saveApp(_ request: Request) async throws -> Response {
        let body = try await APIBody.json(request, as: AppBody.self)
        try await desk.saveApp(
            ConnectionSettings.Keys(clientID: body.clientID, clientSecret: body.clientSecret.map(Secret.init)),
            by: SiteContext.program)
        return try await show()
    }

    /// Gives Intuit's consent page, and the caller the cookie without which nobody can come back from it.
    private func consent(_ request: Request, _ context: SiteContext) async throws -> Response {
        try APIBody.requireJSON(request)
        guard let browser = context.browser else { preconditionFailure("the API stands behind BrowserSessions") }
        let url = try await desk.beginConnect(browser: browser.secret)
        var response = try JSONAnswer.response(["url": url.absoluteString])
        response.setCookie(sessions.cookie(for: browser))
        return response
    }

    private func saveSettings(_ request: Request) async throws -> Response {
        let body = try await APIBody.json(request, as: SettingsBody.self)
        _ = try await desk.saveSettings(
            ConnectionSettings(
                clientID: body.clientID, clientSecret: body.clientSecret.map(Secret.init), realmID: body.realmID,
                refreshToken: Secret(body.refreshToken)),
            by: SiteContext.program)
        return try await show()
    }
}

/// What is left out stays as stored.
struct AppBody: Decodable {
    let clientID: String?
    let clientSecret: String?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case clientID = "clientId"
        case clientSecret
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        clientID = try members.decodeIfPresent(String.self, forKey: .clientID)
        clientSecret = try members.decodeIfPresent(String.self, forKey: .clientSecret)
    }
}

/// The Settings window, filled in.
struct SettingsBody: Decodable {
    let clientID: String?
    let clientSecret: String?
    let realmID: String?
    let refreshToken: String

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case clientID = "clientId"
        case clientSecret
        case realmID = "realmId"
        case refreshToken
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        clientID = try members.decodeIfPresent(String.self, forKey: .clientID)
        clientSecret = try members.decodeIfPresent(String.self, forKey: .clientSecret)
        realmID = try members.decodeIfPresent(String.self, forKey: .realmID)
        refreshToken = try members.decode(String.self, forKey: .refreshToken)
    }
}
