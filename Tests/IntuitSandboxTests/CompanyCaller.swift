// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

/// A connected client that writes the simplest thing a company holds: classes, told apart by name.
struct CompanyCaller {
    let caller: SandboxCaller
    let token: String

    init(_ change: (inout SandboxOptions) -> Void = { _ in }) throws {
        caller = SandboxCaller(change)
        token = try caller.grant().accessToken
    }

    var sandbox: Sandbox { caller.sandbox }

    func create(_ name: String, requestID: String? = nil) async throws -> TransportResponse {
        let query = requestID.map { "?requestid=\($0)" } ?? ""
        return try await caller.api(.post, "class\(query)", token: token, body: "{\"Name\":\"\(name)\"}")
    }

    func batch(_ name: String) async throws -> TransportResponse {
        let item = "{\"bId\":\"1\",\"operation\":\"create\",\"Class\":{\"Name\":\"\(name)\"}}"
        return try await caller.api(.post, "batch", token: token, body: "{\"BatchItemRequest\":[\(item)]}")
    }

    func read() async throws -> TransportResponse {
        try await caller.api(.get, "companyinfo/\(rentalRealm)", token: token)
    }

    /// How many classes of that name the company holds.
    func count(_ name: String) async throws -> Int {
        let query = encoded("select count(*) from Class where Name = '\(name)'")
        let answer = try await caller.api(.get, "query?query=\(query)", token: token)
        let response = try #require(try answer.object()["QueryResponse"] as? [String: Any])
        return try #require(response["totalCount"] as? Int)
    }
}
