// SPDX-License-Identifier: Apache-2.0
import Testing

/// Other people's clients, unmodified but for their base URLs, against the real `intuit-sandbox` on a port.
///
/// Whatever these two libraries expect of Intuit, the sandbox must do: neither it nor they know of each other.
@Suite(
    "Other people's clients",
    .enabled(
        if: PythonClients.mayRun,
        "NOT PROVED here: that intuit-oauth and python-quickbooks from PyPI work against the sandbox"))
struct ClientsTests {
    @Test("Intuit's own OAuth client gets tokens by consent, refreshes them and revokes them", .timeLimit(.minutes(15)))
    func intuitOAuth() async throws {
        let sandbox = try await RunningSandbox.start()
        let transcript = try await PythonClients.run("intuit_oauth_client.py", against: sandbox.url)
        #expect(transcript.client == "intuit-oauth")
        #expect(transcript.steps == ["discovery", "consent", "code", "refresh", "revoke", "code-once"])
    }

    @Test("python-quickbooks creates, finds, reads, batches and deletes journal entries", .timeLimit(.minutes(15)))
    func pythonQuickBooks() async throws {
        // This client does not pace itself; ten calls a second are soon spent.
        let sandbox = try await RunningSandbox.start(["--no-throttles"])
        let transcript = try await PythonClients.run("python_quickbooks_client.py", against: sandbox.url)
        #expect(transcript.client == "python-quickbooks")
        #expect(
            transcript.steps == [
                "refresh", "account-query", "create", "requestid", "query", "read", "batch", "delete", "fault",
            ])
    }
}
