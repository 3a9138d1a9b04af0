// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

/// The app dashboard: apps, and what a developer does with their keys.
enum Dashboard {
    static let path = "/app/developer/dashboard"

    static func path(_ app: SandboxApp) -> String { path(app.appID, app.environment) }

    static func path(_ appID: String, _ environment: SandboxEnvironment) -> String {
        "\(path)/\(percentEncoded(appID))/\(environment.keyWord.lowercased())"
    }
}

extension SandboxState {
    mutating func dashboard(
        _ path: [String], isPost: Bool, _ user: SandboxUser, _ visit: inout Visit
    ) -> TransportResponse? {
        switch (path.count, isPost) {
        case (0, false): return appList(user, &visit)
        case (0, true): return createApp(FormFields(visit.call.body), user, &visit)
        case (2, false):
            guard let app = ownApp(path, user) else { return nil }
            return appPage(app, &visit)
        case (3, true):
            guard let app = ownApp(path, user) else { return nil }
            return changeApp(app, path[2], FormFields(visit.call.body), &visit)
        default: return nil
        }
    }

    /// The keys at `…/{app}/{development or production}`, if the app lies in a workspace of the user.
    private func ownApp(_ path: [String], _ user: SandboxUser) -> SandboxApp? {
        guard let registration = registry[path[0]],
            registry.workspaces(of: user.userID).contains(where: { $0.workspaceID == registration.workspaceID }),
            let environment = SandboxEnvironment.allCases.first(where: { $0.keyWord.lowercased() == path[1] })
        else { return nil }
        return registry.keys[registration.clientID(in: environment)]
    }

    private mutating func appList(_ user: SandboxUser, _ visit: inout Visit) -> TransportResponse {
        let workspaces = registry.workspaces(of: user.userID)
        let page = AppListPage(groups: workspaces.map { ($0, registry.registrations(in: $0.workspaceID)) })
        return show(&visit, "App dashboard", page.body, isWide: true)
    }

    private mutating func createApp(
        _ form: FormFields, _ user: SandboxUser, _ visit: inout Visit
    ) -> TransportResponse {
        let known = registry.workspaces(of: user.userID).map(\.workspaceID)
        let workspaceID = form["workspace"].flatMap { known.contains($0) ? $0 : nil } ?? Registry.sampleWorkspaceID
        let scopes = Set(form.pairs.filter { $0.name == "scope" }.map(\.value))
        do {
            let app = try createApp(name: trimmed(form["name"]), workspaceID: workspaceID, scopes: scopes)
            return lead(
                &visit, to: Dashboard.path(app.appID, .sandbox),
                .done("The app \(app.name) was created, with its keys."))
        } catch {
            return lead(&visit, to: Dashboard.path, .trouble(error.description))
        }
    }

    private mutating func appPage(_ app: SandboxApp, _ visit: inout Visit) -> TransportResponse? {
        guard let registration = registry[app.appID] else { return nil }
        let page = AppPage(
            registration: registration, app: app, companies: connectedCompanies(clientID: app.clientID).count)
        return show(&visit, registration.name, page.body, isWide: true)
    }

    private mutating func changeApp(
        _ app: SandboxApp, _ act: String, _ form: FormFields, _ visit: inout Visit
    ) -> TransportResponse? {
        do {
            guard let done = try change(app, act, form) else { return nil }
            return lead(&visit, to: Dashboard.path(app), .done(done))
        } catch {
            return lead(&visit, to: Dashboard.path(app), .trouble(error.description))
        }
    }

    /// Does one act and says what was done; nil for an unknown act.
    private mutating func change(
        _ app: SandboxApp, _ act: String, _ form: FormFields
    ) throws(SandboxError) -> String? {
        switch act {
        case "rotate-secret":
            let keeps = form["keepPrevious"] != nil
            _ = try rotateSecret(clientID: app.clientID, keepPrevious: keeps)
            return "There is a new Client Secret."
                + (keeps ? " The previous one works too, until you drop it." : " The previous one no longer works.")
        case "drop-secret":
            try dropPreviousSecret(clientID: app.clientID)
            return "The previous Client Secret no longer works."
        case "add-redirect-uri":
            let uri = trimmed(form["uri"])
            try register(uri, clientID: app.clientID)
            return "\(uri) is registered."
        case "remove-redirect-uri":
            let uri = form["uri"] ?? ""
            try removeRedirectURI(uri, clientID: app.clientID)
            return "\(uri) is no longer registered."
        case "urls":
            try setURLs(SandboxAppURLs(form), clientID: app.clientID)
            return "The app URLs are saved."
        case "scopes":
            try addScopes(Set(form.pairs.filter { $0.name == "scope" }.map(\.value)), appID: app.appID)
            return "The scopes are saved. Users who connected before have to consent again to grant a new one."
        case "allowed":
            let isAllowed = form["allowed"] == "yes"
            try setAllowed(isAllowed, clientID: app.clientID)
            return isAllowed ? "Intuit allows these keys again." : "Intuit no longer allows these keys."
        default: return nil
        }
    }
}

extension SandboxAppURLs {
    fileprivate init(_ form: FormFields) {
        func entered(_ name: String) -> String? {
            let text = trimmed(form[name])
            return text.isEmpty ? nil : text
        }
        self.init(
            hostDomain: entered("hostDomain"), launch: entered("launch"), disconnect: entered("disconnect"),
            reconnect: entered("reconnect"))
    }
}
