// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes

/// A request that is not carried out, in words for the one who made it.
///
/// A page or `application/problem+json` is made of it, by who asked.
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

    /// A verb of the desk that can't be done.
    init(_ refused: Desk.Refused) {
        self.init(.unprocessableContent, "This can't be done", refused.message)
    }
}
