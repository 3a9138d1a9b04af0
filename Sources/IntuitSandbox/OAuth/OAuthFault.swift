// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

/// A refusal of the token endpoint: status and body as seen from Intuit.
struct OAuthFault: Error, Sendable {
    var status: Int
    var fields: [String: String]

    private init(error: String, _ description: String? = nil, status: Int = 400) {
        self.status = status
        fields = ["error": error]
        fields["error_description"] = description
    }

    static let invalidGrant = OAuthFault(error: "invalid_grant")
    static let wrongTokenOrClient = OAuthFault(error: "invalid_grant", "Incorrect Token type or clientID")
    static let invalidClient = OAuthFault(error: "invalid_client", status: 401)
    static let unauthorizedClient = OAuthFault(error: "unauthorized_client")
    static let unsupportedGrantType = OAuthFault(error: "unsupported_grant_type")
    static let invalidScope = OAuthFault(error: "invalid_scope")
    static func invalidRequest(_ description: String) -> OAuthFault {
        OAuthFault(error: "invalid_request", description)
    }

    /// Intuit words one refusal in three ways; which one seems to depend on how the token died.
    init(_ refusal: GrantBook.Refusal) {
        switch refusal {
        case .unknown: self.init(error: "invalid_grant", "Incorrect or invalid refresh token")
        case .expired, .rotatedAway: self = .invalidGrant
        case .revoked: self.init(error: "invalid_grant", "Token invalid")
        case .wrongKind, .otherClient: self = .wrongTokenOrClient
        case .userRemoved:
            self.init(error: "invalid_grant", "Unauthorized Request: User is not a member of the specified Realm")
            fields["x_error_reason"] = "user_not_in_realm"
            fields["x_error_reason_detail"] = "The user is not in the specified realm"
        }
    }

    var response: TransportResponse {
        Answer.json(status, .object(fields.mapValues { .string($0) }), fields: IntuitFields.uncached)
    }
}
