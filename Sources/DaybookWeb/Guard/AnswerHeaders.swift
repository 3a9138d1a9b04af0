// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// The headers every answer carries, errors included.
struct AnswerHeaders: RouterMiddleware {
    typealias Context = SiteContext

    let origin: WebOrigin

    @concurrent
    func handle(
        _ request: Request, context: SiteContext,
        next: @concurrent (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] = Self.contentPolicy
        response.headers[.xContentTypeOptions] = "nosniff"
        if response.headers[.referrerPolicy] == nil { response.headers[.referrerPolicy] = "same-origin" }
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=(), payment=()"
        if origin.isSecure { response.headers[.strictTransportSecurity] = Self.transportSecurity }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    /// For a year, and for every name below Daybook's: from such a name a cookie could be planted over plain http, and
    /// browsers would send it to Daybook.
    private static let transportSecurity = "max-age=31536000; includeSubDomains"

    // Browsers apply form-action to every redirect after a form, and Intuit's redirects can't all be listed here.
    // So the form of Connect to QuickBooks is answered with a page that has a link.
    private static let contentPolicy = [
        "default-src 'none'", "style-src 'self'", "script-src 'self'", "connect-src 'self'", "img-src 'self' data:",
        "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    ].joined(separator: "; ")
}
