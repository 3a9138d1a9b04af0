// SPDX-License-Identifier: Apache-2.0
import Foundation
import FoundationNetworking
import Testing

/// The commands of `intuit-sandbox` that talk to a running one, over a real port.
@Suite("Commands of intuit-sandbox")
struct SandboxCommandTests {
    private static let clientID = "ABsandboxDevelopmentKeys00000000000000000000000000"
    private static let clientSecret = "sandboxDevelopmentSecret0000000000000000"
    private static let realmID = "9341453908059321"

    private func run(_ arguments: String..., against sandbox: RunningServer) async throws -> FinishedCommand {
        try await FinishedCommand.run(
            try Repository.product("intuit-sandbox"), arguments: arguments + ["--url", sandbox.url.absoluteString],
            environment: [:])
    }

    private func post(
        _ path: String, _ body: String, to sandbox: RunningServer, asClient: Bool = false
    ) async throws -> Answer {
        var request = URLRequest(url: sandbox.url.appending(path: path), timeoutInterval: 20)
        request.httpMethod = "POST"
        request.httpBody = Data(body.utf8)
        if asClient {
            let pair = Data("\(Self.clientID):\(Self.clientSecret)".utf8).base64EncodedString()
            request.setValue("Basic \(pair)", forHTTPHeaderField: "Authorization")
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        return Answer(
            status: try #require(response as? HTTPURLResponse).statusCode,
            texts: object.compactMapValues { $0 as? String })
    }

    private struct Answer: Sendable {
        let status: Int
        let texts: [String: String]
    }

    private func grant(_ sandbox: RunningServer) async throws -> String {
        let body = "{\"clientId\":\"\(Self.clientID)\",\"realmId\":\"\(Self.realmID)\"}"
        return try #require(try await post("_sandbox/grants", body, to: sandbox).texts["refreshToken"])
    }

    private func refresh(_ token: String, _ sandbox: RunningServer) async throws -> Answer {
        try await post(
            "oauth2/v1/tokens/bearer", "grant_type=refresh_token&refresh_token=\(token)", to: sandbox, asClient: true)
    }

    @Test("break and mend do what they say, and say what they did", .timeLimit(.minutes(5)))
    func breakAndMend() async throws {
        let sandbox = try await RunningServer.sandbox()
        let token = try await grant(sandbox)

        let removed = try await run("break", "remove-user", against: sandbox)
        #expect(removed.status == 0 && removed.output.contains("Three Rivers Rental"), "\(removed.errors)")
        #expect(try await refresh(token, sandbox).texts["x_error_reason"] == "user_not_in_realm")
        #expect(try await run("mend", "all-well", against: sandbox).status == 0)
        #expect(try await refresh(token, sandbox).status == 200)

        let rotated = try await run("break", "rotate-secret", "--keep-previous", against: sandbox)
        #expect(rotated.output.contains("New Client Secret: "))
        #expect(try await refresh(token, sandbox).status == 200)

        #expect(try await run("break", "revoke", "--realm", Self.realmID, against: sandbox).status == 0)
        #expect(try await refresh(token, sandbox).texts["error_description"] == "Token invalid")
    }

    @Test("On a port a lost answer is a closed connection, and the refresh is done", .timeLimit(.minutes(5)))
    func lostAnswer() async throws {
        let sandbox = try await RunningServer.sandbox()
        for silence in ["0", "0.1"] {
            let token = try await grant(sandbox)
            let said = try await run("break", "lose-next-refresh-answer", "--seconds", silence, against: sandbox)
            #expect(said.status == 0, "\(said.errors)")
            await #expect(throws: URLError.self) { try await refresh(token, sandbox) }
            #expect(try await refresh(token, sandbox).texts["error"] == "invalid_grant")
        }
    }

    @Test("clock shows and turns; lengths that are none are refused", .timeLimit(.minutes(5)))
    func clock() async throws {
        let sandbox = try await RunningServer.sandbox()
        let before = try await run("clock", "show", against: sandbox).output
        let after = try await run("clock", "advance", "400d12h", against: sandbox).output
        let years = try [before, after].map { try #require(Int($0.prefix(4))) }
        #expect(years[1] > years[0])
        #expect(try await run("clock", "advance", "1y", against: sandbox).status == 64)
    }

    @Test(
        "A verb there is not, or nothing to break, ends in words",
        .timeLimit(.minutes(5)),
        arguments: [
            (["break", "smash"], 64, "Use one of: lose-next-refresh-answer, rotate-now, revoke"),
            (["mend", "revoke"], 64, "Use one of: restore-user, resume-company, all-well"),
            (["break", "revoke"], 1, "connect one first"),
            (["break", "token-down", "--seconds", "-1"], 64, "--seconds"),
        ])
    func refused(arguments: [String], status: Int32, part: String) async throws {
        let sandbox = try await RunningServer.sandbox()
        let finished = try await FinishedCommand.run(
            try Repository.product("intuit-sandbox"), arguments: arguments + ["--url", sandbox.url.absoluteString],
            environment: [:])
        #expect(finished.status == status)
        #expect(finished.errors.contains(part), "\(finished.errors)")
    }
}
