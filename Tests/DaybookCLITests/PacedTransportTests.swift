// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
@testable import DaybookCLI
import Foundation
import HTTPTransport
import QuickBooks
import Testing

/// Against the real `intuit-sandbox`, with Intuit's request limits on.
@Suite("The demo's own look at the books", .timeLimit(.minutes(5)))
struct PacedTransportTests {
    /// More than Intuit takes in a second.
    private static let calls = 14

    private func ask(_ client: QuickBooksClient) async throws {
        for _ in 1...Self.calls {
            _ = try await client.query(QueryText(JournalEntry.self).ordered(by: .id).page(from: 1, size: 1)).items
        }
    }

    @Test("keeps Intuit's limits, which the same calls without it don't")
    func limits() async throws {
        try await withFolder { folder in
            let process = try await RunningProgram.start(
                "intuit-sandbox", ["serve", "--listen", "127.0.0.1:0"], errors: folder.appending(path: "sandbox.err"))
            let client = HTTPClient(
                eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
            var sandbox = DemoSandbox(
                address: String(process.firstLine.split(separator: " ").last ?? ""),
                transport: AsyncHTTPTransport(client: client))
            let (app, realm) = try await sandbox.company(for: .development)
            try await ask(try await sandbox.client(app, realm))
            sandbox.isThrottled = false
            let unpaced = try await sandbox.client(app, realm)
            await #expect(throws: QuickBooksError.self) { try await ask(unpaced) }
            try await client.shutdown()
            _ = await process.end(with: SIGTERM)
        }
    }
}
