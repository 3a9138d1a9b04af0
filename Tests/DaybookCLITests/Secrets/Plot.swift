// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

/// The real programs, at the most talkative log level, with a server between them and the sandbox that sees all secrets.
final class Plot {
    let fixture: ProgramsFixture
    let between: InBetween
    let hoard: Hoard
    let browser: Browsing
    let app: DemoSandbox.App
    let realm: DemoSandbox.Realm
    private(set) var daybook: RunningProgram?
    private var starts = 0

    init(_ fixture: ProgramsFixture, _ between: InBetween) async throws {
        self.fixture = fixture
        self.between = between
        hoard = Hoard()
        browser = Browsing(fixture, hoard)
        (app, realm) = try await fixture.developmentCompany()
        try await fixture.sandbox.registerRedirect(
            "http://localhost:\(fixture.listen.port)/connection/callback", clientID: app.clientId)
    }

    var environment: [String: String] {
        fixture.environment.merging([
            "DAYBOOK_INTUIT_DISCOVERY_URL": "\(between.address)/.well-known/openid_sandbox_configuration",
            "DAYBOOK_QUICKBOOKS_URL": between.address, "DAYBOOK_LOG_LEVEL": "trace",
        ]) { $1 }
    }

    var data: URL { fixture.folder.appending(path: "data") }

    func start() async throws {
        starts += 1
        daybook = try await RunningProgram.start(
            "daybook", ["serve"], environment, errors: fixture.folder.appending(path: "daybook-\(starts).err"))
    }

    func end(with signal: Int32) async throws {
        guard let running = daybook else { return }
        _ = await running.end(with: signal)
        hoard.keep(.output, "daybook serve", "\(running.firstLine)\n\(running.allOutput)")
        hoard.keep(.errors, "daybook serve", try running.errors())
        daybook = nil
    }

    @discardableResult
    func command(_ arguments: [String], input: String = "") async throws -> FinishedCommand {
        let finished = try await FinishedCommand.daybook(arguments, environment, input: input)
        let name = "daybook " + arguments.filter { $0.count < 20 }.joined(separator: " ")
        hoard.keep(.output, name, finished.output)
        hoard.keep(.errors, name, finished.errors)
        if let match = finished.output.firstMatch(of: /dbwh_[A-Za-z0-9_\-]+/) {
            hoard.learn(.webhookSecret, name, String(match.0))
        }
        return finished
    }

    func backUp() async throws {
        let backups = fixture.folder.appending(path: "backups")
        try await command(["backup", backups.path])
        try hoard.keepCopy(of: backups, "a backup")
    }

    /// A refresh token as the Playground shows it.
    func mint(_ name: String) async throws -> String {
        let token = try await fixture.sandbox.refreshToken(app, realm)
        hoard.learn(.refreshToken, name, token)
        return token
    }

    /// A control call of the sandbox.
    func control(_ path: String, _ body: String) async throws -> [UInt8] {
        try await fixture.control(path, body)
    }

    /// Gives the app another secret, which nobody but Intuit and Daybook knows.
    func rotateSecret(keepPrevious: Bool) async throws -> String {
        struct Keys: Decodable {
            let clientSecret: String
        }
        let answer = try await control("apps/\(app.clientId)/secret", #"{"keepPrevious":\#(keepPrevious)}"#)
        let secret = try JSONDecoder().decode(Keys.self, from: Data(answer)).clientSecret
        hoard.learn(.clientSecret, "a secret made by Intuit", secret)
        return secret
    }

    /// Returns once the programs have done what they were about to do.
    func until(_ what: String, _ isSo: () async throws -> Bool) async throws {
        let limit = ContinuousClock.now + .seconds(60)
        while try await !isSo() {
            guard ContinuousClock.now < limit else { throw CommandFailure("\(what): not in a minute") }
            // Looked at again as soon as the sandbox has answered something else.
            _ = try await fixture.counters()
        }
    }

    var status: String {
        get async throws {
            struct Told: Decodable {
                let status: String
            }
            return try await fixture.server.get("/api/v1/connections/1?history=0", as: Told.self).status
        }
    }
}
