// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

extension ProgramsFixture {
    var data: URL { folder.appending(path: "data") }

    /// How long the sandbox still takes the old refresh token after a rotation.
    func setOverlap(_ seconds: Int) async throws {
        guard let url = URL(string: "\(sandbox.address)/_sandbox/lifetimes") else {
            throw CommandFailure("\(sandbox.address) is no address")
        }
        var head = HTTPRequest(method: .post, url: url)
        head.headerFields[.contentType] = "application/json"
        let body = try JSONEncoder().encode(["overlapSeconds": seconds])
        let answer = try await sandbox.transport.send(
            TransportRequest(head: head, body: [UInt8](body)), deadline: .seconds(120))
        guard answer.statusCode == 200 else { throw CommandFailure("the overlap was refused") }
    }

    /// More than a day later the access token is over, and the next refresh brings a new refresh token.
    func makeRotationDue() async throws { try await sandbox.advanceClock(seconds: 90_000) }
}
