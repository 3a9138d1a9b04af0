// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore

/// Reads a form: at most 1 MB, form-encoded, with the token that only Daybook's own page in this browser has.
struct FormReader: Sendable {
    static let tokenField = "form-token"
    private static let sizeLimit = 1 << 20

    let sessions: BrowserSessions

    func token(for browser: BrowserSession) -> String {
        sessions.seal.sign(Self.tokenField, for: .form, browser: browser)
    }

    func read(_ request: Request, _ context: SiteContext) async throws -> FormFields {
        guard mediaTypeName(of: request) == "application/x-www-form-urlencoded" else {
            throw HTTPProblem(.unsupportedMediaType, "Not a form", "Send the form from Daybook's own page.")
        }
        let body = try await request.wholeBody(
            upTo: Self.sizeLimit,
            tooLarge: HTTPProblem(
                .contentTooLarge, "The form is too large", "Send less at once; a form holds up to 1 MB."))
        let fields = FormFields(parsing: String(buffer: body))
        guard let browser = context.browser, !browser.isNew, let token = fields[Self.tokenField],
            sessions.seal.isValid(token, of: Self.tokenField, for: .form, browser: browser)
        else {
            throw HTTPProblem(
                .forbidden, "This page has grown old",
                """
                Nothing was changed: the page was opened in another browser, or this browser's cookies were deleted \
                since. Go back, reload it and try again.
                """)
        }
        return fields
    }
}

/// `text/csv` of `Content-Type: text/csv; charset=utf-8`, in lower case; empty when there is none.
func mediaTypeName(of request: Request) -> String {
    let field = request.headers[.contentType] ?? ""
    return (field.split(separator: ";").first.map(String.init) ?? "").lowercased().filter { !$0.isWhitespace }
}
