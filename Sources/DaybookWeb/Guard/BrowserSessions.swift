// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// One browser, known by a random cookie: forms and consents are bound to it.
///
/// It does not say which person uses the browser.
struct BrowserSession: Sendable {
    let secret: Secret
    /// Whether the browser does not have its cookie yet.
    let isNew: Bool
}

/// Recognises a browser by its cookie, and sets the cookie with the first page.
struct BrowserSessions: RouterMiddleware {
    typealias Context = SiteContext

    let seal: SessionSeal
    let settings: SiteSettings
    let randomness: any Randomness

    @concurrent
    func handle(
        _ request: Request, context: SiteContext,
        next: @concurrent (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let browser = known(request) ?? fresh()
        var context = context
        context.browser = browser
        var response = try await next(request, context)
        let path = request.uri.path
        if browser.isNew, !SitePaths.isForPrograms(path), !SitePaths.isAsset(path) {
            response.setCookie(cookie(for: browser))
        }
        return response
    }

    func cookie(for browser: BrowserSession) -> Cookie {
        cookie(name("browser"), browser.secret.reveal(), maxAge: nil)
    }

    /// Kept for the next page only; a minute is enough to get there.
    func cookie(carrying flash: Flash, for browser: BrowserSession) -> Cookie {
        let text = flash.text()
        return cookie(name("flash"), "\(text).\(seal.sign(text, for: .flash, browser: browser))", maxAge: 60)
    }

    var endOfFlash: Cookie { cookie(name("flash"), "", maxAge: 0) }

    func flash(of request: Request, browser: BrowserSession) -> Flash? {
        guard let value = request.cookies[name("flash")]?.value, let dot = value.lastIndex(of: ".") else { return nil }
        let text = String(value[..<dot])
        let signature = String(value[value.index(after: dot)...])
        guard seal.isValid(signature, of: text, for: .flash, browser: browser) else { return nil }
        return Flash(text: text)
    }

    /// The session of a browser that has its cookie already.
    func known(_ request: Request) -> BrowserSession? {
        guard let value = request.cookies[name("browser")]?.value, value.utf8.count == 64,
            value.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        else { return nil }
        return BrowserSession(secret: Secret(value), isNew: false)
    }

    /// A session for a new browser.
    func fresh() -> BrowserSession {
        let digits = Array("0123456789abcdef".utf8)
        let bytes = randomness.bytes(32).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return BrowserSession(secret: Secret(String(decoding: bytes, as: UTF8.self)), isNew: true)
    }

    /// `__Host-` keeps sibling names from planting the cookie; browsers take it only over https.
    func name(_ what: String) -> String { (settings.origin.isSecure ? "__Host-" : "") + "daybook_\(what)" }

    func cookie(_ name: String, _ value: String, maxAge: Int?) -> Cookie {
        if let maxAge {
            return Cookie(
                name: name, value: value, maxAge: maxAge, path: "/", secure: settings.origin.isSecure, httpOnly: true,
                sameSite: .lax)
        }
        return Cookie(
            name: name, value: value, path: "/", secure: settings.origin.isSecure, httpOnly: true, sameSite: .lax)
    }
}
