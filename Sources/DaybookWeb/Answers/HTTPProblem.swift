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
        guard case .key(let key) = refused.actor else {
            self.init(.forbidden, "Not allowed", "\(refused) Ask the person who runs Daybook for the right to do so.")
            return
        }
        let scopes = APIKey.Scope.allCases.filter { $0.verbs.contains(refused.verb) }.map(\.rawValue)
        let remedy =
            scopes.isEmpty
            ? "No key may; that is for people, and for the commands on Daybook's own machine."
            : "A key with the scope \(scopes.joined(separator: " or ")) may. An administrator makes one on the page Keys."
        self.init(.forbidden, "Not allowed", "The key “\(key.name)” may not \(refused.verb.words). \(remedy)")
    }

    /// Why somebody was not let in.
    init(_ refused: SignInDesk.Refused) {
        switch refused.cause {
        case .wrong, .missedCode: self.init(.unauthorized, "Not signed in", refused.message)
        case .tooOften:
            self.init(.tooManyRequests, "Too many attempts", refused.message)
            headers[.retryAfter] = refused.retryAfter.map(String.init)
        case .spentLink: self.init(.gone, "The link is no longer good", refused.message)
        case .password, .name: self.init(.unprocessableContent, "Not taken yet", refused.message)
        }
    }

    /// Nobody has signed in who could be asked for rights.
    ///
    /// - Parameter isForPrograms: Whether a program is told of keys, rather than a person of the sign-in page.
    static func unknown(isForPrograms: Bool) -> HTTPProblem {
        guard isForPrograms else {
            return HTTPProblem(
                .unauthorized, "Sign in first", "Nothing was changed. Open Daybook, sign in, and do it again.")
        }
        return wrongAuthorization(
            """
            People have signed up at this Daybook, so programs need a key: send it as “Authorization: Bearer daybook_…”. \
            An administrator makes keys on the page Keys.
            """)
    }

    /// Nobody has signed up, and a proxy passed the request on.
    static let signUpFirst = HTTPProblem(
        .forbidden, "Nobody has signed up yet",
        """
        This request came by a proxy, and until somebody has signed up, Daybook serves its own machine alone: everybody \
        whom the proxy lets in could do everything. Open the link for the first administrator, which daybook serve prints \
        at its start. It works by the proxy too.
        """)

    /// - Parameter remedy: What is wrong with the header Authorization, and what to send.
    static func wrongAuthorization(_ remedy: String, isInvalid: Bool = false) -> HTTPProblem {
        var problem = HTTPProblem(.unauthorized, "No right to call this", remedy)
        problem.headers[.wwwAuthenticate] = isInvalid ? "Bearer error=\"invalid_token\"" : "Bearer"
        return problem
    }

    /// What the desk refused to do.
    init(_ refused: Desk.Refused) {
        self.init(.unprocessableContent, "This can't be done", refused.message)
    }
}
