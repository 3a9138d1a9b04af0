// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// The pages for people: Intuit's developer side, QuickBooks' list of apps, and the sandbox's own controls.
extension SandboxState {
    /// Nil if there is no page at the call's address.
    mutating func site(_ call: IncomingCall) -> TransportResponse? {
        if let refusal = CrossSiteGate.refusal(call) { return refusal }
        var visit = visit(call)
        guard var response = home(&visit) ?? portal(&visit) ?? quickBooks(&visit) ?? controls(&visit) ?? asset(call)
        else { return nil }
        if visit.isNewSession, let id = visit.sessionID {
            response.head.set([
                ("Set-Cookie", "\(Visit.cookieName(call))=\(id); Path=/; HttpOnly; SameSite=Lax")
            ])
        }
        return response
    }

    private mutating func home(_ visit: inout Visit) -> TransportResponse? {
        guard visit.call.segments.isEmpty else { return nil }
        return show(&visit, "Home", HomePage.body(base: visit.call.base), isWide: true)
    }

    private mutating func portal(_ visit: inout Visit) -> TransportResponse? {
        let isPost = visit.call.method == .post
        switch visit.call.segments {
        case ["app", "sign-in"]: return isPost ? signIn(&visit) : signInPage(visit)
        case ["app", "sign-out"] where isPost: return signOut(&visit)
        case ["v2", "OAuth2Playground", "RedirectUrl"]: return playgroundRedirect(&visit)
        case let path where path.starts(with: ["app", "developer"]):
            return developer(Array(path.dropFirst(2)), isPost: isPost, &visit)
        default: return nil
        }
    }

    private mutating func developer(_ path: [String], isPost: Bool, _ visit: inout Visit) -> TransportResponse? {
        switch path {
        case ["terms"]: return terms(&visit)
        case ["company"]: return companyData(&visit)
        case ["company", "summary"]: return companyDataSummary(&visit)
        case ["homepage"] where visit.user == nil: return show(&visit, "Developer homepage", PortalHome.body(nil))
        default: break
        }
        guard let user = visit.user else { return signInFirst(visit) }
        if let question = (developers[user.userID] ?? DeveloperAccount()).openQuestion {
            return Answer.seeOther(question)
        }
        switch path.first {
        case "homepage" where path.count == 1: return show(&visit, "Developer homepage", PortalHome.body(user))
        case "myhub" where path.count == 1: return show(&visit, "My Hub", MyHubPage.body)
        case "playground": return playground(Array(path.dropFirst()), isPost: isPost, user, &visit)
        case "dashboard": return dashboard(Array(path.dropFirst()), isPost: isPost, user, &visit)
        default: return nil
        }
    }

    private func asset(_ call: IncomingCall) -> TransportResponse? {
        switch call.segments {
        case ["assets", "sandbox.css"]: Answer.asset("text/css", Stylesheet.text)
        case ["assets", "sandbox.js"]: Answer.asset("text/javascript", Script.text)
        default: nil
        }
    }
}
