// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes

/// The Playground calls the token endpoint and the API as any app does: by the same requests, with the app's own
/// Client ID and Client Secret, and with the same mishaps.
extension SandboxState {
    /// What came back; nil if no whole answer did.
    typealias Heard = (status: Int, body: [UInt8])

    mutating func askTokenEndpoint(_ app: SandboxApp, _ fields: [(String, String)]) -> Heard? {
        var head = HTTPRequest(
            method: .post, scheme: "http", authority: "localhost", path: "/oauth2/v1/tokens/bearer")
        let pair = Data("\(app.clientID):\(app.clientSecret)".utf8).base64EncodedString()
        head.headerFields[.authorization] = "Basic \(pair)"
        head.headerFields[.accept] = "application/json"
        head.headerFields[.contentType] = "application/x-www-form-urlencoded"
        let body = fields.map { "\($0)=\(percentEncoded($1))" }.joined(separator: "&")
        return hear(TransportRequest(head: head, body: Array(body.utf8)))
    }

    mutating func askCompanyInfo(_ app: SandboxApp, realmID: String, accessToken: String) -> Heard? {
        let world = app.environment == .production ? "/production" : ""
        let realm = percentEncoded(realmID)
        var head = HTTPRequest(
            method: .get, scheme: "http", authority: "localhost",
            path: "\(world)/v3/company/\(realm)/companyinfo/\(realm)")
        head.headerFields[.authorization] = "Bearer \(accessToken)"
        head.headerFields[.accept] = "application/json"
        return hear(TransportRequest(head: head, body: []))
    }

    private mutating func hear(_ request: TransportRequest) -> Heard? {
        guard case .response(let answer, _) = handle(request) else { return nil }
        return (answer.statusCode, answer.body)
    }
}
