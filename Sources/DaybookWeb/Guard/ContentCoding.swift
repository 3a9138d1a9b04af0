// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import HummingbirdCore

/// How a body is packed.
enum ContentCoding: String {
    case identity, gzip

    /// - Throws: ``HTTPProblem`` when it is none of those that the address takes.
    init(of request: Request, among accepted: [ContentCoding]) throws {
        let names = request.headers[values: .contentEncoding]
            .flatMap { $0.split(separator: ",") }
            .map { $0.filter { !$0.isWhitespace }.lowercased() }
            .filter { !$0.isEmpty && $0 != Self.identity.rawValue }
        // RFC 9110 has x-gzip mean the same.
        let coding: ContentCoding? =
            switch names {
            case []: .identity
            case ["gzip"], ["x-gzip"]: .gzip
            default: nil
            }
        guard let coding, accepted.contains(coding) else { throw Self.refusal(names, accepted) }
        self = coding
    }

    private static func refusal(_ names: [String], _ accepted: [ContentCoding]) -> HTTPProblem {
        let remedy =
            accepted.contains(.gzip)
            ? "Pack the body with gzip, or leave the header out and send it as it is."
            : "Leave the header out and send the body as it is."
        var problem = HTTPProblem(
            .unsupportedMediaType, "Unknown Content-Encoding",
            "Content-Encoding “\(names.joined(separator: ", ").prefix(60))” is not taken here. \(remedy)")
        problem.headers[.acceptEncoding] = accepted.map(\.rawValue).joined(separator: ", ")
        return problem
    }
}
