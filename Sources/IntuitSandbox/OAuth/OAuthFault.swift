// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

/// Why the token or the revocation endpoint refuses.
enum OAuthFault: Error, Sendable {
    /// A refresh token that isn't good.
    case refreshToken(GrantBook.Refusal)
    /// A code that isn't good, or is used with another redirect URI.
    case code
    /// A code of another client.
    case codeOfOtherClient
    case client
    case clientNotAllowed
    case grantType
    case scope
    /// Something is missing or comes twice; the text says what.
    case request(String)
    /// The sandbox itself failed; the text says what it could not do.
    case server(String)
}

extension SandboxState {
    /// The refusal as Intuit words it, or as the settings want it worded.
    mutating func response(to fault: OAuthFault) -> TransportResponse {
        let (status, fields) = worded(fault)
        let members = fields.map { name, value in
            String(decoding: JSONValue.string(name).serialized(), as: UTF8.self) + ":"
                + String(decoding: JSONValue.string(value).serialized(), as: UTF8.self)
        }
        // Written out here, because the order of the members is part of Intuit's wording.
        return Answer.make(
            status, type: "application/json;charset=UTF-8", body: Array("{\(members.joined(separator: ","))}".utf8),
            fields: IntuitFields.uncached)
    }

    private typealias Wording = (status: Int, fields: [(String, String)])

    private mutating func worded(_ fault: OAuthFault) -> Wording {
        switch fault {
        case .refreshToken(let refusal): worded(refusal)
        case .code: (400, [("error", "invalid_grant")])
        case .codeOfOtherClient: Self.wrongTokenOrClient
        case .client: (clientStatus, [("error", "invalid_client")])
        case .clientNotAllowed: (400, [("error", "unauthorized_client")])
        case .grantType: (400, [("error", "unsupported_grant_type")])
        case .scope: (400, [("error", "invalid_scope")])
        case .request(let sentence): (400, requestFields(sentence))
        case .server(let sentence): (500, [("error", "server_error"), ("error_description", sentence)])
        }
    }

    private mutating func worded(_ refusal: GrantBook.Refusal) -> Wording {
        switch refusal {
        case .wrongKind, .otherClient: Self.wrongTokenOrClient
        case .userRemoved:
            (
                400,
                [
                    ("error", "invalid_grant"),
                    ("error_description", "Unauthorized Request: User is not a member of the specified Realm"),
                    ("x_error_reason", "user_not_in_realm"),
                    ("x_error_reason_detail", "The user is not in the specified realm"),
                ]
            )
        case .unknown: (400, grantFields(.incorrectToken))
        case .revoked: (400, grantFields(.tokenInvalid))
        case .expired, .rotatedAway: (400, grantFields(.plain))
        }
    }

    private mutating func grantFields(_ byCause: SandboxWordings.InvalidGrant) -> [(String, String)] {
        let error = ("error", "invalid_grant")
        switch wordings.invalidGrant == .byCause ? byCause : drawn(wordings.invalidGrant) {
        case .incorrectToken: return [error, ("error_description", "Incorrect or invalid refresh token")]
        case .tokenInvalid: return [("error_description", "Token invalid"), error]
        case .plain, .byCause, .varied: return [error]
        }
    }

    private mutating func drawn(_ wording: SandboxWordings.InvalidGrant) -> SandboxWordings.InvalidGrant {
        guard wording == .varied else { return wording }
        let all: [SandboxWordings.InvalidGrant] = [.plain, .incorrectToken, .tokenInvalid]
        return all[Int(random.next() % UInt64(all.count))]
    }

    private var clientStatus: Int {
        mutating get {
            switch wordings.invalidClient {
            case .unauthorized: 401
            case .badRequest: 400
            case .varied: random.next() % 2 == 0 ? 401 : 400
            }
        }
    }

    private mutating func requestFields(_ sentence: String) -> [(String, String)] {
        let isPlain =
            switch wordings.invalidRequest {
            case .described: false
            case .plain: true
            case .varied: random.next() % 2 == 0
            }
        return [("error", "invalid_request")] + (isPlain ? [] : [("error_description", sentence)])
    }

    private static let wrongTokenOrClient: Wording = (
        400, [("error_description", "Incorrect Token type or clientID"), ("error", "invalid_grant")]
    )
}
