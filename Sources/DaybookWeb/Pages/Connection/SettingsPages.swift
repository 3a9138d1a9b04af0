// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The Settings window of Account Numbers: Client ID, Client Secret, Realm ID, refresh token, OK.
struct SettingsPages: Sendable {
    let desk: Desk
    let pages: PageWriter

    /// What the window shows.
    ///
    /// Secrets are not among it: they go in and never come out.
    struct SettingsView {
        let clientID: String
        let realmID: String
        let hasSecret: Bool
        let hasToken: Bool
        let redirectURI: String
    }

    func addRoutes(to router: Router<SiteContext>) {
        router.get("account-numbers/settings") { try await show(nil, $0, $1) }
        router.post("account-numbers/settings") { try await confirm($0, $1) }
        router.post("account-numbers/settings/connect") { try await connect($0, $1) }
    }

    private func show(
        _ form: FormFields?, said: Flash? = nil, status: HTTPResponse.Status = .ok, _ request: Request,
        _ context: SiteContext
    ) async throws -> Response {
        let clientID = try await desk.clientID()
        let connection = try await desk.connection(.first)
        let view = SettingsView(
            clientID: form?["clientID"] ?? clientID ?? "",
            realmID: form?["realmID"] ?? connection?.company?.realmID ?? "", hasSecret: clientID != nil,
            hasToken: connection?.grant != nil, redirectURI: desk.redirectURI)
        return try await pages.page(
            .settings, view, title: "Settings", part: .accountNumbers, said: said, status: status, request, context)
    }

    /// **OK**: tries the refresh token before it replaces the old one; without one, keeps the app's keys.
    private func confirm(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        do {
            guard form["refreshToken"] != nil else { return try await saveKeys(form, context) }
            let connected = try await desk.saveSettings(
                ConnectionSettings(
                    clientID: form["clientID"], clientSecret: form["clientSecret"].map(Secret.init),
                    realmID: form["realmID"], refreshToken: Secret(form["refreshToken"] ?? "")),
                by: SiteContext.person)
            return pages.redirect(to: "/connection", saying: .connected(connected), context)
        } catch let refused as Desk.Refused {
            return try await show(
                form, said: Flash(.bad, refused.message, details: ["What was stored before stays as it was."]),
                status: .unprocessableContent, request, context)
        }
    }

    private func saveKeys(_ form: FormFields, _ context: SiteContext) async throws -> Response {
        let stored = try await desk.clientID()
        guard form["clientSecret"] != nil || form["clientID"] != stored else {
            throw Desk.Refused("Enter the refresh token: step 4 of Intuit's OAuth 2.0 Playground shows it.")
        }
        try await desk.saveApp(Self.keys(form), by: SiteContext.person)
        return pages.redirect(
            to: "/account-numbers/settings",
            saying: Flash(.good, "Keys saved. Press Connect to QuickBooks, or enter a refresh token."), context)
    }

    /// **Connect to QuickBooks**, with whatever keys were just entered.
    private func connect(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await pages.forms.read(request, context)
        do {
            let stored = try await desk.clientID()
            if form["clientSecret"] != nil || form["clientID"] != stored {
                try await desk.saveApp(Self.keys(form), by: SiteContext.person)
            }
            return try await ConsentLeave(desk: desk, pages: pages).begin(request, context)
        } catch let refused as Desk.Refused {
            return try await show(
                form, said: Flash(.bad, refused.message), status: .unprocessableContent, request, context)
        }
    }

    private static func keys(_ form: FormFields) -> ConnectionSettings.Keys {
        ConnectionSettings.Keys(clientID: form["clientID"], clientSecret: form["clientSecret"].map(Secret.init))
    }
}

extension Flash {
    static func connected(_ connected: Connected) -> Flash {
        let waiting = "What waited for the connection goes out by itself and needs no reset."
        let name = connected.company.name
        return switch connected.outcome {
        case .doneAlready: Flash(.good, connected.words)
        case .made: Flash(.good, "Connected to \(name).", details: [waiting])
        case .restored:
            Flash(
                .good, "Your integration is restored.",
                details: [
                    "Connected to \(name).", waiting,
                    "Transactions in Error stay there until you reset them for export in the queue.",
                ])
        }
    }
}
