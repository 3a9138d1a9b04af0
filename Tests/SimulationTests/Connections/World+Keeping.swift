// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import IntuitSandbox
import Testing

/// What the tests of the token keeper do to a world and ask of it.
extension World {
    static let otherRealmID = "9341453908059322"

    static func watched(seed: UInt64, _ change: (inout WorldPlan) -> Void = { _ in }) throws -> (World, Interposer) {
        let interposer = Interposer()
        var plan = WorldPlan(seed: seed)
        plan.interposed = { interposer.before($0) }
        change(&plan)
        return (try World(plan), interposer)
    }

    func stored() async throws -> Connection { try #require(try await storage.connection(Self.connection)) }
    func grant() async throws -> Grant { try #require(try await stored().grant) }
    func cause() async throws -> ConnectionTrouble.Cause? {
        try await storage.connection(Self.connection)?.trouble?.cause
    }

    /// A refresh token as the Playground shows it.
    func playgroundToken(realmID: String = WorldPlan.realmID) throws -> Secret {
        Secret(try sandbox.mintGrant(clientID: SandboxApp.development.clientID, realmID: realmID).refreshToken)
    }

    /// Fills in the Settings window and presses OK.
    @discardableResult
    func paste(_ token: Secret, realmID: String? = nil, isFirst: Bool = false) async throws -> Company {
        let app = SandboxApp.development
        let form = try ConnectionSettings(
            clientID: isFirst ? app.clientID : nil, clientSecret: isFirst ? Secret(app.clientSecret) : nil,
            realmID: realmID, refreshToken: token)
        return try await worker.desk.credentials.saveSettings(form, by: .command("bookkeeper")).company
    }

    /// A first connection by paste asks whether the company is the right one; the bookkeeper says yes.
    func confirmProposal() async throws {
        guard let company = try await worker.desk.credentials.proposal(of: World.connection) else { return }
        _ = try await worker.desk.credentials.confirm(
            World.connection, realmID: company.realmID, by: .command("bookkeeper"))
    }

    /// **Connect to QuickBooks**, choosing a company by its realm id.
    @discardableResult
    func consent(to realmID: String) async throws -> Company {
        try await Self.consent(to: realmID, on: worker.desk, sandbox)
    }

    @discardableResult
    static func consent(to realmID: String, on desk: Desk, _ sandbox: Sandbox) async throws -> Company {
        let browser = Secret("browser of the bookkeeper")
        let page = try await desk.credentials.beginConnect(browser: browser, by: .command("pat"))
        let items = URLComponents(url: page, resolvingAgainstBaseURL: false)?.queryItems ?? []
        let state = try #require(items.first { $0.name == "state" }?.value)
        let redirectURI = try #require(items.first { $0.name == "redirect_uri" }?.value)
        let code = try sandbox.mintCode(
            clientID: SandboxApp.development.clientID, realmID: realmID, redirectURI: redirectURI)
        return try await desk.credentials.finishConnect(
            code: Secret(code), state: state, realmID: realmID, browser: browser, by: .command("bookkeeper")
        ).company
    }

    /// The words with which something was refused.
    func refusal(_ act: () async throws -> Void) async throws -> String {
        do {
            try await act()
        } catch let refused as Desk.Refused {
            return "\(refused)"
        }
        Issue.record("nothing was refused")
        return ""
    }

    /// The next refresh is answered, the answer journaled, and the process killed before the database has it.
    func killBetweenJournalAndDatabase(_ interposer: Interposer) async throws {
        let before = try await grant()
        let crashes = worker.crashes
        // The call after the answer is the journal's, and the second the database's.
        interposer.beforeNextTokenAnswer { crashes.crash(at: 2, .before) }
        await #expect(throws: Crash.self) { try await worker.keeper.step(Self.connection) }
        #expect(try await grant() == before, "the database has not seen the answer")
    }

    /// Puts away the process, lets something be done to the database's file, and starts anew.
    func stopped(_ act: (_ database: URL) throws -> Void) async throws {
        worker.crashes.die()
        try surroundings.storage.close()
        let file = folder.appending(path: "daybook.sqlite")
        try act(file)
        surroundings.storage = try SQLiteStorage(
            at: .file(file.path()), sealer: Sealer(key: Array(repeating: 7, count: 32)))
        try await restart()
    }

    /// Puts a copy in the database's place, as one restores a backup.
    static func restore(_ copy: URL, over database: URL) throws {
        for suffix in ["-wal", "-shm"] where FileManager.default.fileExists(atPath: database.path() + suffix) {
            try FileManager.default.removeItem(atPath: database.path() + suffix)
        }
        try FileManager.default.removeItem(at: database)
        try FileManager.default.copyItem(at: copy, to: database)
    }
}
