// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// Signing in and out.
extension SandboxState {
    /// Leads to the sign-in page and back to what was wanted.
    func signInFirst(_ visit: Visit) -> TransportResponse { signInFirst(wanted: wanted(visit.call)) }

    func signInFirst(wanted path: String) -> TransportResponse {
        Answer.seeOther("\(SignInPage.path)?next=\(percentEncoded(path))")
    }

    /// The address that a call asked for; the homepage for a form, which can't be sent again after the sign-in.
    private func wanted(_ call: IncomingCall) -> String {
        guard call.method != .post else { return PortalHome.path }
        let path = call.prefix + "/" + call.segments.map(percentEncoded).joined(separator: "/")
        return call.queryText.isEmpty ? path : "\(path)?\(call.queryText)"
    }

    func signInPage(_ visit: Visit) -> TransportResponse {
        Self.signInPage(SignInPage(next: ownPath(visit.call.query["next"]), users: people.all), nil)
    }

    private static func signInPage(_ page: SignInPage, _ problem: Message?) -> TransportResponse {
        Answer.page(
            problem == nil ? 200 : 401, Page(title: "Sign In", frame: .bare, message: problem, body: page.body),
            formTargets: [redirectURI(in: page.next)].compactMap { $0 })
    }

    mutating func signIn(_ visit: inout Visit) -> TransportResponse {
        let form = FormFields(visit.call.body)
        let email = trimmed(form["email"])
        let next = ownPath(form["next"])
        guard let user = people.user(email: email), user.password == form["password"] else {
            let isUnknown = people.user(email: email) == nil
            let sentence =
                isUnknown
                ? "There is no account with this Email here. Use one of the sample users below."
                : "The password is wrong. The sample password is shown below; upper and lower case matter."
            return Self.signInPage(
                SignInPage(next: next, users: people.all, email: email, wrong: isUnknown ? .email : .password),
                .trouble(sentence))
        }
        newSession(&visit, user: user)
        return Answer.seeOther(next)
    }

    mutating func signOut(_ visit: inout Visit) -> TransportResponse {
        newSession(&visit, user: nil)
        return lead(&visit, to: PortalHome.path, .done("You have signed out."))
    }

    /// A path on this server; anything that could lead elsewhere becomes the homepage.
    private func ownPath(_ text: String?) -> String {
        guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\"),
            text.unicodeScalars.allSatisfy({ $0.value > 32 && $0.value != 127 })
        else { return PortalHome.path }
        return text
    }

    /// The app's address in a consent that waits for the sign-in.
    private static func redirectURI(in path: String) -> String? {
        let parts = path.split(separator: "?", maxSplits: 1)
        return parts.count == 2 ? FormFields(parts[1])["redirect_uri"] : nil
    }
}
