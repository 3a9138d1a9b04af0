// SPDX-License-Identifier: Apache-2.0
import Daybook
import Hummingbird
import HummingbirdCore

/// Proves to a command that this server serves the data folder in which the command found its address.
struct IdentityAPI: Sendable {
    let identity: ServerIdentity

    private static let remedy =
        "write \(ServerIdentity.challengeLength) random bytes as \(ServerIdentity.challengeLength * 2) hex digits"

    private struct ProofShape: Encodable {
        let proof: String
    }

    func addRoutes(to api: RouterGroup<SiteContext>) {
        api.get("identity") { request, _ in
            let given = request.uri.queryParameters["challenge"].map(String.init) ?? ""
            guard let challenge = HexDigits.bytes(given), challenge.count == ServerIdentity.challengeLength else {
                throw HTTPProblem(
                    .unprocessableContent, "The challenge can't be read", "Nothing was proven.",
                    problems: [IntakeProblem(line: nil, field: "challenge", value: given, remedy: Self.remedy)])
            }
            return try JSONAnswer.response(ProofShape(proof: identity.proof(of: challenge)))
        }
    }
}
