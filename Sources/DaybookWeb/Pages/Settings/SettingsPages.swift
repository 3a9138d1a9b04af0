// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The Settings window: Connect to QuickBooks, or Client ID, Client Secret, Realm ID, refresh token and OK.
///
/// From Account Numbers it opens for the company that the chosen store posts to.
struct SettingsPages: Sendable {
    let desk: Desk
    let pages: PageWriter

    func addRoutes(to router: Router<SiteContext>) {
        router.get("account-numbers/settings") { try await showForStore($0, $1) }
        router.get("connections/{id}/settings") { try await showForConnection($0, $1) }
        router.get("connections/new") { request, context in
            try await show(SettingsForm(FormFields(parsing: "connection=new")), request, context)
        }
        router.post("account-numbers/settings") { try await confirm($0, $1) }
        router.post("account-numbers/settings/connect") { try await connect($0, $1) }
    }

    private func showForStore(_ request: Request, _ context: SiteContext) async throws -> Response {
        let asked = FormFields(parsing: request.uri.query ?? "")["store"] ?? StoreNumber.defaults.description
        guard let store = Int(digits: asked).flatMap({ StoreNumber($0) }) else {
            throw HTTPProblem(.unprocessableContent, "Not a store number", "Store numbers go from 1 to 9999.")
        }
        let connection = try await desk.books.settings().connection(of: store)
        let form = FormFields(parsing: "connection=\(connection.value)&store=\(store)")
        return try await show(SettingsForm(form), request, context)
    }

    private func showForConnection(_ request: Request, _ context: SiteContext) async throws -> Response {
        let connection = try await ConnectionAddress.connection(context, desk)
        return try await show(
            SettingsForm(FormFields(parsing: "connection=\(connection.id.value)")), request, context)
    }

    private func show(
        _ form: SettingsForm, said: Flash? = nil, status: HTTPResponse.Status = .ok, _ request: Request,
        _ context: SiteContext
    ) async throws -> Response {
        var stored: Connection?
        var app: App.Key?
        if let id = form.connection {
            stored = try await desk.connections.connection(id)
            app = try await desk.credentials.app(of: id)
        }
        let apps = try await desk.credentials.apps()
        if form.connection == nil, apps.count == 1 { app = apps.first }
        let view = SettingsView(form, stored: stored, app: app, apps: apps, desk: desk)
        return try await pages.page(
            .settings, view, title: view.isNew ? "Connect another company" : "Settings",
            part: form.store == nil ? .connections : .accountNumbers, said: said, status: status, request, context)
    }

    /// **OK**: tries the refresh token before it replaces the old one; without one, keeps the app's keys.
    private func confirm(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = SettingsForm(try await pages.forms.read(request, context))
        do {
            guard form.hasToken else { return try await saveKeys(form, context) }
            switch try await desk.credentials.propose(form.settings(), by: context.actor) {
            case .connected(let connected):
                let said = Flash.connected(connected, details: form.cleanings)
                return pages.redirect(
                    to: ConnectionAddress(id: connected.connection).page, saying: said, context)
            case .toConfirm(let id, let company):
                let said = Flash(
                    .good, "The refresh token works. It is for \(company.name).", details: form.cleanings)
                return pages.redirect(to: ConnectionAddress(id: id).confirmation, saying: said, context)
            }
        } catch let refused as Desk.Refused {
            return try await refuse(refused, form, request, context)
        }
    }

    private func saveKeys(_ form: SettingsForm, _ context: SiteContext) async throws -> Response {
        guard try await holdsNewKeys(form) else {
            throw Desk.Refused("Enter the refresh token: step 4 of Intuit's OAuth 2.0 Playground shows it.")
        }
        try await desk.credentials.saveApp(form.keys, for: form.connection, by: context.actor)
        let said = Flash(
            .good, "Keys saved. Press Connect to QuickBooks, or enter a refresh token.", details: form.cleanings)
        return pages.redirect(to: Self.address(form), saying: said, context)
    }

    /// **Connect to QuickBooks**; keys that were entered are stored first.
    private func connect(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = SettingsForm(try await pages.forms.read(request, context))
        do {
            if try await holdsNewKeys(form) {
                try await desk.credentials.saveApp(form.keys, for: form.connection, by: context.actor)
            }
            let app = try await chosenApp(form)
            let target: ConnectTarget =
                if let id = form.connection { .connection(id, app: app) } else { .newCompany(app: app) }
            return try await ConsentLeave(desk: desk, pages: pages).begin(target, request, context)
        } catch let refused as Desk.Refused {
            return try await refuse(refused, form, request, context)
        }
    }

    private func refuse(
        _ refused: Desk.Refused, _ form: SettingsForm, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let said = Flash(
            .bad, refused.message, details: form.cleanings,
            link: refused.offersNewCompany ? .anotherCompany : nil)
        return try await show(form, said: said, status: .unprocessableContent, request, context)
    }

    /// The app whose Client ID is in the form, if its keys are stored.
    private func chosenApp(_ form: SettingsForm) async throws -> App.Key? {
        let environment = form.environment
        return try await desk.credentials.apps().first {
            $0.clientID == form.keys.clientID && $0.environment == environment ?? $0.environment
        }
    }

    /// Whether the form has other keys than those that are stored.
    private func holdsNewKeys(_ form: SettingsForm) async throws -> Bool {
        if form.hasSecret { return true }
        var app: App.Key?
        if let id = form.connection { app = try await desk.credentials.app(of: id) }
        guard let clientID = form.keys.clientID else { return app == nil }
        let apps = try await desk.credentials.apps()
        let isKnown = apps.contains {
            $0.clientID == clientID && $0.environment == form.environment ?? $0.environment
        }
        return !isKnown || (app != nil && app?.clientID != clientID)
    }

    private static func address(_ form: SettingsForm) -> String {
        if let store = form.store.flatMap({ Int(digits: $0) }) { return "/account-numbers/settings?store=\(store)" }
        guard let connection = form.connection else { return "/connections/new" }
        return ConnectionAddress(id: connection).settings
    }
}

extension Flash {
    static func connected(_ connected: Connected, details: [String] = []) -> Flash {
        let waiting = "What waited for the connection goes out by itself and needs no reset."
        let name = connected.company.name
        switch connected.outcome {
        case .doneAlready: return Flash(.good, connected.words, details: details)
        case .made: return Flash(.good, "Connected to \(name).", details: details + [waiting], link: .queue)
        case .restored:
            let errors = "Transactions in Error stay there until you reset them for export."
            return Flash(
                .good, "Your integration is restored.",
                details: ["Connected to \(name)."] + details + [waiting, errors], link: .queue)
        }
    }
}
