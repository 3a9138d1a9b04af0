// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation

/// Straight in the data folder, under its exclusive lock.
struct FolderOffice: ConnectionOffice {
    private let assembly: Assembly
    private let browser: Secret
    private static let who = "command"

    private var desk: Desk { assembly.desk }

    init(_ assembly: Assembly) async throws {
        self.assembly = assembly
        browser = Secret(SystemRandomness().bytes(16).hex)
        // An answer of Intuit's that only the journal has is taken over first.
        for connection in try await assembly.desk.connections() { try await assembly.keeper.start(connection.id) }
    }

    func connections() async throws -> [ToldConnection] {
        var told: [ToldConnection] = []
        for connection in try await desk.connections() {
            told.append(try await ToldConnection(connection, desk: desk, history: 0))
        }
        return told
    }

    func apps() async throws -> [ToldConnection.App] {
        try await desk.apps().map(ToldConnection.App.init)
    }

    func connection(_ id: Int64, history: Int) async throws -> ToldConnection {
        try await ToldConnection(try await known(id), desk: desk, history: history)
    }

    func test(_ id: Int64, writing: Bool) async throws -> ToldReport {
        let id = try await known(id).id
        do {
            let report = try await desk.test(id, writing: writing, by: Self.who)
            // While the access token lives, a refused refresh token is no refused test.
            guard assembly.keeper.pendingRefusal(of: id) != nil else { return ToldReport(report) }
        } catch let refused as Desk.Refused {
            guard assembly.keeper.pendingRefusal(of: id) != nil else { throw refused }
        }
        try await untilSecondOpinion(id)
        return ToldReport(try await desk.test(id, writing: writing, by: Self.who))
    }

    /// A server would ask for it; here nobody else does.
    private func untilSecondOpinion(_ id: Connection.ID) async throws {
        guard let refusal = assembly.keeper.pendingRefusal(of: id) else { return }
        try await Task.sleep(for: .seconds(max(0, refusal.askedAgainAt.timeIntervalSince(assembly.clock.now))))
    }

    func disconnect(_ id: Int64, forgetting: Bool) async throws -> String {
        let id = try await known(id).id
        let outcome =
            forgetting
            ? try await desk.forget(id, by: Self.who) : try await desk.disconnect(id, by: Self.who)
        return outcome.words
    }

    func beginConsent(_ wish: ConsentWish) async throws -> String {
        var app: App.Key?
        if let environment = wish.environment, let clientID = wish.clientId {
            app = App.Key(environment: Daybook.Environment.Name(environment), clientID: clientID)
        }
        let target = wish.connection.map { ConnectTarget.connection(Connection.ID($0), app: app) }
        return try await desk.beginConnect(target ?? .newCompany(app: app), browser: browser).absoluteString
    }

    func finishConsent(_ redirectedTo: String) async throws -> ToldOutcome {
        ToldOutcome(try await desk.finishConnect(pasted: redirectedTo, browser: browser, by: Self.who))
    }

    func keepKeys(_ form: KeysForm) async throws -> ToldConnection.App {
        if let id = form.connection { _ = try await known(id) }
        let keys = ConnectionSettings.Keys(
            environment: form.environment.map { Daybook.Environment.Name($0) }, clientID: form.clientID,
            clientSecret: form.clientSecret)
        let kept = try await desk.saveApp(keys, for: form.connection.map { Connection.ID($0) }, by: Self.who)
        return ToldConnection.App(kept)
    }

    func paste(_ form: TokenForm) async throws -> ToldOutcome {
        let settings = try ConnectionSettings(
            connection: form.connection.map { Connection.ID($0) },
            environment: form.environment.map { Daybook.Environment.Name($0) }, clientID: form.clientID,
            clientSecret: form.clientSecret, realmID: form.realmID, refreshToken: form.refreshToken)
        return ToldOutcome(try await desk.propose(settings, by: Self.who))
    }

    func confirm(_ id: Int64, realmID: String) async throws -> ToldOutcome {
        ToldOutcome(try await desk.confirm(Connection.ID(id), realmID: realmID, by: Self.who))
    }

    func close() async throws { try await assembly.close() }

    private func known(_ id: Int64) async throws -> Connection {
        guard let connection = try await desk.connection(Connection.ID(id)) else {
            throw CommandFailure("There is no connection \(id). `daybook connection list` shows those there are.")
        }
        return connection
    }
}
