// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes
import QuickBooks

/// The real `intuit-sandbox`, and a data folder and a port for the real `daybook`.
final class ProgramsFixture {
    let folder: URL
    let listen: ListenAddress
    let sandbox: DemoSandbox
    /// The API of the Daybook that is running at the moment.
    let server: DaybookServer
    private let client: HTTPClient
    private let sandboxProcess: RunningProgram

    /// The sandbox commits at most this late, so Daybook looks again one second later.
    static let longestLateCommit = 2

    static func with(_ folder: URL, _ body: (ProgramsFixture) async throws -> Void) async throws {
        let fixture = try await ProgramsFixture(folder)
        do {
            try await body(fixture)
            try await fixture.close()
        } catch {
            try await fixture.close()
            throw error
        }
    }

    private init(_ folder: URL) async throws {
        self.folder = folder
        sandboxProcess = try await RunningProgram.start(
            "intuit-sandbox",
            [
                "serve", "--listen", "127.0.0.1:0", "--no-throttles", "--longest-late-commit",
                "\(Self.longestLateCommit)",
            ],
            errors: folder.appending(path: "sandbox.err"))
        listen = ListenAddress(host: "127.0.0.1", port: FreePort.pick(host: "127.0.0.1") ?? 0)
        server = DaybookServer(listen)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
        sandbox = DemoSandbox(
            address: String(sandboxProcess.firstLine.split(separator: " ").last ?? ""),
            transport: AsyncHTTPTransport(client: client), isThrottled: false)
    }

    private func close() async throws {
        try await server.close()
        try await client.shutdown()
        _ = await sandboxProcess.end(with: SIGTERM)
    }

    /// What the sandbox has said so far.
    func sandboxWords() throws -> (output: String, errors: String) {
        ("\(sandboxProcess.firstLine)\n\(sandboxProcess.allOutput)", try sandboxProcess.errors())
    }

    /// What a Daybook of this fixture is told; the same at every start.
    var environment: [String: String] {
        [
            "DAYBOOK_DATA_DIR": folder.appending(path: "data").path, "DAYBOOK_LISTEN": listen.description,
            "DAYBOOK_INTUIT_DISCOVERY_URL": "\(sandbox.address)/.well-known/openid_sandbox_configuration",
            "DAYBOOK_QUICKBOOKS_URL": sandbox.address, "DAYBOOK_CLOCK_URL": sandbox.address,
            "DAYBOOK_IN_FLIGHT_HORIZON": "\(Self.longestLateCommit + 1)", "DAYBOOK_PACING": "off",
            "DAYBOOK_LOG_LEVEL": "warning", "DAYBOOK_ALLOW_INNER_WEBHOOKS": "127.0.0.1,localhost",
        ]
    }

    func startDaybook() async throws -> RunningProgram {
        try await RunningProgram.start("daybook", ["serve"], environment, errors: folder.appending(path: "daybook.err"))
    }

    /// A client of its own for the company that Daybook is connected to.
    func judge() async throws -> QuickBooksClient {
        let (app, realm) = try await developmentCompany()
        return try await sandbox.client(app, realm)
    }

    /// The first company and the app whose keys open it.
    func developmentCompany() async throws -> (DemoSandbox.App, DemoSandbox.Realm) {
        let status = try await sandbox.status()
        guard let app = status.apps.first(where: { $0.environment != "production" }), let realm = status.realms.first
        else { throw CommandFailure("the sandbox has no development app or no company") }
        return (app, realm)
    }

    /// Sends a browser's request to Daybook by the name people use.
    func browse(_ url: URL, cookie: String) async throws -> Int {
        var head = HTTPRequest(method: .get, url: url)
        head.headerFields[.cookie] = cookie
        return try await sandbox.transport.send(TransportRequest(head: head), deadline: .seconds(30)).statusCode
    }
}
