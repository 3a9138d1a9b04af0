// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// `POST /v2/oauth2/tokens/revoke`: ends the whole grant that a refresh or an access token belongs to.
extension SandboxState {
    mutating func revokeEndpoint(_ call: IncomingCall) -> TransportResponse {
        do {
            try revoke(call)
            return Answer.make(200, type: nil, body: [], fields: IntuitFields.uncached)
        } catch {
            return error.response
        }
    }

    private mutating func revoke(_ call: IncomingCall) throws(OAuthFault) {
        guard call.method == .post else { throw .invalidRequest("Use POST") }
        let isJSON = call.headers[.contentType]?.lowercased().contains("json") ?? false
        let form = isJSON ? nil : FormFields(call.body)
        guard let credentials = ClientCredentials(headers: call.headers, form: form) else {
            throw .invalidRequest("Client credentials are missing")
        }
        let app = try authenticated(credentials)
        guard let token = isJSON ? tokenInJSON(call.body) : form?["token"] else {
            throw .invalidRequest("token is missing")
        }
        guard let grant = grants.grant(ofAnyToken: token) else { throw .invalidRequest("Token invalid") }
        if grants[grant].clientID != app.clientID { throw .invalidClient }
        if grants[grant].isRevoked || now >= grants[grant].idleEnd { throw .invalidRequest("Token invalid") }
        grants.revoke(grant)
    }

    private func tokenInJSON(_ body: [UInt8]) -> String? {
        // A body that isn't JSON has no token in it; the caller says so.
        guard case .object(let fields)? = try? JSONValue(parsing: body), case .string(let token)? = fields["token"]
        else { return nil }
        return token
    }
}
