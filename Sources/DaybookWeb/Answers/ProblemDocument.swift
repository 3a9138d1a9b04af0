// SPDX-License-Identifier: Apache-2.0
import Daybook
import HTTPTypes
import Hummingbird

/// An error of the API, as RFC 9457 writes it.
struct ProblemDocument: Encodable, Sendable {
    /// A longer list helps nobody; the answer says how many there are.
    private static let mostListed = 1_000

    let type: String
    let title: String
    let status: Int
    let detail: String
    let problemCount: Int?
    let problems: [ProblemShape]?
    private let headers: HTTPFields

    private enum CodingKeys: CodingKey {
        case type, title, status, detail, problemCount, problems
    }

    init(_ problem: HTTPProblem) {
        type = "about:blank"
        title = problem.title
        status = problem.status.code
        detail = problem.detail
        problemCount = problem.problems.isEmpty ? nil : problem.problems.count
        problems = problem.problems.isEmpty ? nil : problem.problems.prefix(Self.mostListed).map(ProblemShape.init)
        headers = problem.headers
    }

    func response() throws -> Response {
        var response = try JSONAnswer.response(self, status: .init(code: status))
        response.headers[.contentType] = "application/problem+json"
        response.headers.append(contentsOf: headers)
        return response
    }
}

/// One mistake in what came in.
struct ProblemShape: Encodable, Sendable {
    let line: Int?
    let field: String
    let value: String
    let remedy: String

    init(_ problem: IntakeProblem) {
        line = problem.line
        field = problem.field
        value = problem.value
        remedy = problem.remedy
    }
}
