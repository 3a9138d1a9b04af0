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

    /// Reads a form with files, which is as large as they are.
    ///
    /// - Parameter limit: How many bytes it may have.
    func readFiles(_ request: Request, _ context: SiteContext, limit: Int) async throws -> MultipartForm {
        // A form of another type has no files, and its token is not looked for.
        guard mediaTypeName(of: request) == "multipart/form-data" else { throw Self.grownOld }
        let body = try await request.wholeBody(
            upTo: limit,
            tooLarge: HTTPProblem(
                .contentTooLarge, "The files are too large",
                """
                One form takes up to \(limit >> 20) MiB; nothing was received. Send fewer files at once, or import a larger one \
                with daybook import.
                """))
        let form: MultipartForm
        do throws(MultipartForm.Malformed) {
            form = try MultipartForm(Array(buffer: body), contentType: request.headers[.contentType] ?? "")
        } catch {
            throw HTTPProblem(
                .badRequest, "The files could not be read",
                """
                The form did not arrive whole, or has more than a hundred files; nothing was received. Send it again from the \
                page Files.
                """)
        }
        try check(form[Self.tokenField], context)
        return form
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
        try check(fields[Self.tokenField], context)
        return fields
    }

    private func check(_ token: String?, _ context: SiteContext) throws {
        guard let browser = context.browser, !browser.isNew, let token,
            sessions.seal.isValid(token, of: Self.tokenField, for: .form, browser: browser)
        else {
            throw Self.grownOld
        }
    }

    private static let grownOld = HTTPProblem(
        .forbidden, "This page has grown old",
        """
        Nothing was changed: the page was opened in another browser, or this browser's cookies were deleted \
        since. Go back, reload it and try again.
        """)
}

/// `text/csv` of `Content-Type: text/csv; charset=utf-8`, in lower case; empty when there is none.
func mediaTypeName(of request: Request) -> String {
    let field = request.headers[.contentType] ?? ""
    return (field.split(separator: ";").first.map(String.init) ?? "").lowercased().filter { !$0.isWhitespace }
}
