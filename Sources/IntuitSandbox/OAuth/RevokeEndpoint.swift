// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// `POST /v2/oauth2/tokens/revoke`: ends the whole grant that a refresh or an access token belongs to.
extension SandboxState {
    mutating func revokeCall(_ call: IncomingCall) -> SandboxReply {
        outageReply(.token, call) ?? undergo(.token, call) { state, _ in state.revokeEndpoint(call) }
    }

    private mutating func revokeEndpoint(_ call: IncomingCall) -> TransportResponse {
        do {
            try revoke(call)
            return Answer.make(200, type: nil, body: [], fields: IntuitFields.uncached)
        } catch {
            return response(to: error)
        }
    }

    private mutating func revoke(_ call: IncomingCall) throws(OAuthFault) {
        guard call.method == .post else { throw .request("Use POST") }
        // Without a form: here Intuit wants the client in the Authorization header.
        guard let credentials = ClientCredentials(headers: call.headers, form: nil) else {
            throw .request("Client credentials are missing")
        }
        let app = try authenticated(credentials)
        guard let token = token(in: call) else { throw .request("token is missing") }
        guard let grant = grants.grant(ofWorkingToken: token, now: now) else { throw .request("Token invalid") }
        if grants[grant].clientID != app.clientID { throw .client }
        if !grants[grant].isLive(at: now) { throw .request("Token invalid") }
        grants.revoke(grant)
    }

    private func token(in call: IncomingCall) -> String? {
        guard call.headers[.contentType]?.lowercased().contains("json") ?? false else {
            return FormFields(call.body)["token"]
        }
        // A body that isn't JSON has no token in it; the caller says so.
        guard case .object(let fields)? = try? JSONValue(parsing: call.body), case .string(let token)? = fields["token"]
        else { return nil }
        return token
    }
}
