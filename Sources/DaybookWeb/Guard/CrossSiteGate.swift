// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Refuses changes that another site's page tries to make through a visitor's browser.
///
/// Forms must say where they come from, by Origin or, without one, by Referer. Programs that call the API send
/// neither; a browser always does.
struct CrossSiteGate: RouterMiddleware {
    typealias Context = SiteContext

    let origin: WebOrigin

    @concurrent
    func handle(
        _ request: Request, context: SiteContext,
        next: @concurrent (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        if !Self.isSafe(request.method) { try check(request) }
        return try await next(request, context)
    }

    static func isSafe(_ method: HTTPRequest.Method) -> Bool { method == .get || method == .head || method == .options }

    private func check(_ request: Request) throws {
        let fetchSite = request.headers[.secFetchSite]
        guard fetchSite == nil || fetchSite == "same-origin" || fetchSite == "none" else { throw refusal }
        if let source = request.headers[.origin] {
            guard WebOrigin(header: source) == origin else { throw refusal }
            return
        }
        if SitePaths.isAPI(request.uri.path) { return }
        guard let referer = request.headers[.referer], WebOrigin(header: referer) == origin else { throw refusal }
    }

    private var refusal: HTTPProblem {
        HTTPProblem(
            .forbidden, "This did not come from a Daybook page",
            "Nothing was changed. Open \(origin), reload the page and press the button there.")
    }
}
