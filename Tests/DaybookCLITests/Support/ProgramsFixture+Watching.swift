// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

/// What the sandbox has seen so far: it goes on answering while Daybook is dead.
extension ProgramsFixture {
    struct Counters: Decodable {
        let apiRequests: Int
        let tokenRequests: Int
        /// By company.
        let documents: [String: Int]

        var allDocuments: Int { documents.values.reduce(0, +) }
    }

    func counters() async throws -> Counters {
        struct Status: Decodable {
            let counters: Counters
        }
        guard let url = URL(string: "\(sandbox.address)/_sandbox/status") else {
            throw CommandFailure("\(sandbox.address) is no address")
        }
        let request = TransportRequest(head: HTTPRequest(method: .get, url: url))
        let answer = try await sandbox.transport.send(request, deadline: .seconds(120))
        return try JSONDecoder().decode(Status.self, from: Data(answer.body)).counters
    }

    /// Looks again and again, each time as soon as the last look was answered, until so many more calls
    /// have reached QuickBooks or nothing came for five minutes.
    func untilCalled(_ more: Int) async throws {
        let start = try await counters().apiRequests
        let limit = ContinuousClock.now + .seconds(300)
        while try await counters().apiRequests < start + more {
            guard ContinuousClock.now < limit else {
                throw CommandFailure("no call reached QuickBooks for five minutes")
            }
        }
    }
}
