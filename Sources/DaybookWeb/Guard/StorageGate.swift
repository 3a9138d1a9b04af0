// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// Refuses a request that would write, while nothing can be written, before any part of it is done.
struct StorageGate: RouterMiddleware {
    typealias Context = SiteContext

    let desk: Desk

    @concurrent
    func handle(
        _ request: Request, context: SiteContext,
        next: @concurrent (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        let isReading = CrossSiteGate.isSafe(request.method) && request.uri.path != IntuitReturnPages.callback
        if !isReading, let trouble = desk.storageTrouble { throw HTTPProblem(trouble) }
        return try await next(request, context)
    }
}

extension HTTPProblem {
    private static let retryAfterSeconds = 30

    /// The storage can't write just now; the sender may try again in half a minute.
    ///
    /// - Parameter begun: Whether a part of the request may have been done already.
    init(_ trouble: StorageTrouble, begun: Bool = false) {
        let outcome =
            begun
            ? "Daybook could not write all of this; look at what is there before you do it again. Sending the same transactions again is safe."
            : "Nothing of this was taken or changed; send it again then."
        self.init(.serviceUnavailable, "Storage trouble", "\(trouble.explanation) \(outcome)")
        headers[.retryAfter] = "\(Self.retryAfterSeconds)"
    }
}
