// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes

/// Why a request is not carried out, in words for the person or program that made it.
///
/// A browser gets it as a page, a program as `application/problem+json`.
struct HTTPProblem: Error, Sendable {
    let status: HTTPResponse.Status
    let title: String
    let detail: String
    var problems: [IntakeProblem] = []
    var headers: HTTPFields = [:]

    init(_ status: HTTPResponse.Status, _ title: String, _ detail: String, problems: [IntakeProblem] = []) {
        self.status = status
        self.title = title
        self.detail = detail
        self.problems = problems
    }

    static func notFound(_ what: String) -> HTTPProblem {
        HTTPProblem(.notFound, "Not here", "\(what) Check the address, or start from the Accounting Export Queue.")
    }

    init(_ needed: Desk.FreshSignInNeeded) {
        self.init(
            .forbidden, "Sign in again first",
            "\(needed.description) Your sign-in is older than ten minutes. Nothing was changed.")
    }

    init(_ refused: Desk.NotAllowed) {
        self.init(.forbidden, "Not allowed", "\(refused) Ask the person who runs Daybook for the right to do so.")
    }

    /// What the desk refused to do.
    init(_ refused: Desk.Refused) {
        self.init(.unprocessableContent, "This can't be done", refused.message)
    }
}
