// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import HTTPTransport
import HTTPTypes
import Foundation

/// What a test does at Intuit.
extension ProgramsFixture {
    /// A control call of the sandbox's.
    @discardableResult
    func control(_ path: String, _ body: String) async throws -> [UInt8] {
        guard let url = URL(string: "\(sandbox.address)/_sandbox/\(path)") else {
            throw CommandFailure("\(path) is no path")
        }
        var head = HTTPRequest(method: .post, url: url)
        head.headerFields[.contentType] = "application/json"
        let answer = try await sandbox.transport.send(
            TransportRequest(head: head, body: Array(body.utf8)), deadline: .seconds(120))
        guard answer.statusCode == 200 else { throw CommandFailure(String(decoding: answer.body, as: UTF8.self)) }
        return answer.body
    }

    /// As QuickBooks does when somebody disconnects the app there.
    func disconnectInQuickBooks(_ app: DemoSandbox.App, _ realm: DemoSandbox.Realm) async throws {
        try await control("disconnect", #"{"clientId":"\#(app.clientId)","realmId":"\#(realm.realmId)"}"#)
    }
}
