// SPDX-License-Identifier: Apache-2.0
import Testing

/// Other people's clients, unmodified but for their base URLs, against the real `intuit-sandbox` on a port.
///
/// Whatever these libraries and commands expect of Intuit, the sandbox must do: neither it nor they know of each other.
@Suite(
    "Other people's clients",
    .enabled(
        if: PythonClients.mayRun,
        "NOT PROVED here: that authlib, intuit-oauth, python-quickbooks and qbo-cli from PyPI work against the sandbox")
)
struct ClientsTests {
    @Test(
        "Intuit's own OAuth client signs in, gets tokens by consent, rotates and revokes them", .timeLimit(.minutes(15))
    )
    func intuitOAuth() async throws {
        let sandbox = try await RunningServer.sandbox()
        let transcript = try await PythonClients.run("intuit_oauth_client.py", against: sandbox.url)
        #expect(transcript.client == "intuit-oauth")
        #expect(
            transcript.steps == [
                "discovery", "sign-in", "consent", "code", "refresh", "rotation", "revoke", "code-once",
            ])
    }

    @Test("authlib gets tokens and an id_token it can prove, rotates and revokes them", .timeLimit(.minutes(15)))
    func authlib() async throws {
        let sandbox = try await RunningServer.sandbox()
        let transcript = try await PythonClients.run("authlib_client.py", against: sandbox.url)
        #expect(transcript.client == "authlib")
        #expect(
            transcript.steps == [
                "discovery", "consent", "code", "id_token", "userinfo", "refresh", "rotation", "revoke",
            ])
    }

    @Test(
        "qbo-cli connects by paste, queries, refreshes and rotates, and says so when it was disconnected",
        .timeLimit(.minutes(15)))
    func qboCLI() async throws {
        let sandbox = try await RunningServer.sandbox()
        let transcript = try await PythonClients.run("qbo_cli_client.py", against: sandbox.url)
        #expect(transcript.client == "qbo-cli")
        #expect(transcript.steps == ["code", "query", "refresh", "rotation", "revoke"])
    }

    @Test("python-quickbooks creates, finds, reads, batches and deletes journal entries", .timeLimit(.minutes(15)))
    func pythonQuickBooks() async throws {
        // This client does not pace itself; ten calls a second are soon spent.
        let sandbox = try await RunningServer.sandbox(["--no-throttles"])
        let transcript = try await PythonClients.run("python_quickbooks_client.py", against: sandbox.url)
        #expect(transcript.client == "python-quickbooks")
        #expect(
            transcript.steps == [
                "refresh", "account-query", "create", "requestid", "query", "read", "batch", "delete", "fault",
            ])
    }
}
