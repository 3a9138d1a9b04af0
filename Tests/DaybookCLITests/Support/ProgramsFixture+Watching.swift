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
        try await watch("no call reached QuickBooks") { $0.apiRequests >= start + more }
    }

    /// Looks in the same way until QuickBooks has booked another document: its answer is under way then.
    func untilBooked() async throws {
        let start = try await counters().allDocuments
        try await watch("nothing was booked in QuickBooks") { $0.allDocuments > start }
    }

    private func watch(_ complaint: String, until isReached: (Counters) -> Bool) async throws {
        let limit = ContinuousClock.now + .seconds(300)
        while try await !isReached(counters()) {
            guard ContinuousClock.now < limit else { throw CommandFailure("\(complaint) for five minutes") }
        }
    }
}
