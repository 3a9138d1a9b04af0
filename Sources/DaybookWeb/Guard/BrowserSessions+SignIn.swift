// SPDX-License-Identifier: Apache-2.0
import Daybook
import Hummingbird
import HummingbirdCore

/// The cookies of people: the one of a sign-in, and the one that carries a link's secret to its form.
extension BrowserSessions {
    /// What ``SignInDesk`` knows a browser's sign-in by.
    func signInSecret(of request: Request) -> Secret? { secret("session", of: request) }

    /// It ends with the browser; Daybook ends the session by itself as well.
    func cookie(ofSignIn secret: Secret) -> Cookie { cookie(name("session"), secret.reveal(), maxAge: nil) }

    var endOfSignIn: Cookie { cookie(name("session"), "", maxAge: 0) }

    /// The secret of the one-time link that was opened.
    func linkSecret(of request: Request) -> Secret? { secret("link", of: request) }

    /// Long enough to choose a password.
    func cookie(ofLink secret: Secret) -> Cookie { cookie(name("link"), secret.reveal(), maxAge: 1_800) }

    var endOfLink: Cookie { cookie(name("link"), "", maxAge: 0) }

    private func secret(_ what: String, of request: Request) -> Secret? {
        guard let value = request.cookies[name(what)]?.value, Self.isSecret(value) else { return nil }
        return Secret(value)
    }

    /// Whether a text may be one of the core's random secrets: letters and digits, never more than a few dozen.
    static func isSecret(_ text: some StringProtocol) -> Bool {
        (16...100).contains(text.utf8.count)
            && text.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
    }
}
