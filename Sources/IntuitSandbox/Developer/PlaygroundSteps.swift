// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

/// What the buttons of the Playground do.
extension SandboxState {
    mutating func playground(
        _ path: [String], isPost: Bool, _ user: SandboxUser, _ visit: inout Visit
    ) -> TransportResponse? {
        if path.isEmpty, !isPost { return playgroundPage(user, &visit) }
        guard isPost, path.count == 1 else { return nil }
        let form = FormFields(visit.call.body)
        switch path[0] {
        case "select": return selectApp(form, user, &visit)
        case "authorize": return authorize(form, &visit)
        case "tokens": return getTokens(&visit)
        case "company": return callCompanyInfo(&visit)
        case "refresh": return refreshTokens(form, &visit)
        default: return nil
        }
    }

    private mutating func playgroundPage(_ user: SandboxUser, _ visit: inout Visit) -> TransportResponse {
        let state = playground(visit)
        if let id = visit.sessionID, state.said != nil { sessions[id]?.playground.said = nil }
        let workspaces = registry.workspaces(of: user.userID)
        let workspaceID = state.workspaceID ?? workspaces.first?.workspaceID ?? Registry.sampleWorkspaceID
        let apps = registry.registrations(in: workspaceID)
        let page = PlaygroundPage(
            workspaces: workspaces, workspaceID: workspaceID, registrations: apps,
            app: state.clientID.flatMap { registry.keys[$0] }, state: state)
        return show(&visit, "OAuth 2.0 Playground", page.body, isWide: true)
    }

    private mutating func selectApp(
        _ form: FormFields, _ user: SandboxUser, _ visit: inout Visit
    ) -> TransportResponse {
        let known = registry.workspaces(of: user.userID).map(\.workspaceID)
        let workspaceID = form["workspace"].flatMap { known.contains($0) ? $0 : nil } ?? Registry.sampleWorkspaceID
        let keys = registry.registrations(in: workspaceID).flatMap { [$0.productionClientID, $0.developmentClientID] }
        let clientID = form["app"].flatMap { keys.contains($0) ? $0 : nil }
        remember(&visit) { $0.playground.choose(workspaceID: workspaceID, clientID: clientID) }
        return Answer.seeOther(Playground.path + (clientID == nil ? "" : "#keys"))
    }

    private mutating func authorize(_ form: FormFields, _ visit: inout Visit) -> TransportResponse {
        guard let app = chosenApp(visit) else { return say(&visit, 1, .trouble("Select an app first.")) }
        let scopes = form.pairs.filter { $0.name == "scope" }.map(\.value)
        guard !scopes.isEmpty else {
            return say(
                &visit, 1,
                .trouble("No scope is selected. Under OAuth Settings, check \(Scopes.accounting), then try again."))
        }
        let state = random.hex(24)
        remember(&visit) {
            $0.playground.scopes = scopes
            $0.playground.state = state
            $0.playground.code = nil
        }
        let query = [
            ("client_id", app.clientID), ("response_type", "code"), ("scope", scopes.joined(separator: " ")),
            ("redirect_uri", SandboxApp.playgroundRedirectURI), ("state", state),
        ]
        let text = query.map { "\($0)=\(percentEncoded($1))" }.joined(separator: "&")
        return Answer.seeOther("\(visit.call.prefix)/connect/oauth2?\(text)")
    }

    /// `/v2/OAuth2Playground/RedirectUrl`: where consent leads back to.
    mutating func playgroundRedirect(_ visit: inout Visit) -> TransportResponse {
        let query = visit.call.query
        guard let state = query["state"], state == playground(visit).state else {
            return say(
                &visit, 1,
                .trouble("This answer belongs to another visit of the Playground. Click Get authorization code again."))
        }
        guard let code = query["code"] else {
            let why = query["error"] ?? "no code"
            return say(&visit, 1, .trouble("The consent ended without a code (\(why)). Nothing was connected."))
        }
        remember(&visit) {
            $0.playground.state = nil
            $0.playground.code = code
            $0.playground.realmID = query["realmId"]
        }
        return say(
            &visit, 2,
            .done(
                "Here is your authorization code. It works once, within \(Spans.words(lifetimes.code)): click Get tokens."
            ))
    }
}
