// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import DaybookWeb
import Foundation

/// Works in the data folder itself, under its exclusive lock.
struct LocalConnectionBackend: ConnectionBackend {
    private let assembly: Assembly
    private let browser: Secret
    private static let who = Actor.command("command")

    private var desk: Desk { assembly.desk }

    init(_ assembly: Assembly) async throws {
        self.assembly = assembly
        browser = Secret(SystemRandomness().bytes(16).hex)
        // An answer of Intuit's that is in the journal and not in the database is taken over first.
        for connection in try await assembly.desk.connections.all() { try await assembly.keeper.start(connection.id) }
    }

    func connections() async throws -> [ConnectionResponse] {
        var connections: [ConnectionResponse] = []
        for found in try await desk.connections.all() {
            connections.append(try await connection(found.id.value, history: 0))
        }
        return connections
    }

    func apps() async throws -> [ConnectionResponse.App] {
        try await desk.credentials.apps().map(ConnectionResponse.App.init)
    }

    func connection(_ id: Int64, history: Int) async throws -> ConnectionResponse {
        guard let details = try await desk.connections.details(Connection.ID(id), history: history) else {
            throw Self.missing(id)
        }
        return ConnectionResponse(details)
    }

    func test(_ id: Int64, writing: Bool) async throws -> ConnectionTestResponse {
        let id = try await known(id).id
        do {
            let report = try await desk.connections.test(id, writing: writing, by: Self.who)
            // While the access token lives, the test may succeed although the refresh token was refused.
            guard assembly.keeper.pendingRefusal(of: id) != nil else { return ConnectionTestResponse(report) }
        } catch let refused as Desk.Refused {
            guard assembly.keeper.pendingRefusal(of: id) != nil else { throw refused }
        }
        try await untilSecondOpinion(id)
        return ConnectionTestResponse(try await desk.connections.test(id, writing: writing, by: Self.who))
    }

    /// Waits until Intuit may be asked a second time about a refused token; a server would ask in its loop meanwhile.
    private func untilSecondOpinion(_ id: Connection.ID) async throws {
        guard let refusal = assembly.keeper.pendingRefusal(of: id) else { return }
        try await Task.sleep(for: .seconds(max(0, refusal.askedAgainAt.timeIntervalSince(assembly.clock.now))))
    }

    func disconnect(_ id: Int64, forgetting: Bool) async throws -> DisconnectResponse {
        let id = try await known(id).id
        let outcome =
            forgetting
            ? try await desk.connections.forget(id, by: Self.who)
            : try await desk.connections.disconnect(id, by: Self.who)
        return DisconnectResponse(outcome, id)
    }

    func beginConsent(_ wish: ConsentWish) async throws -> String {
        var app: App.Key?
        if let environment = wish.environment, let clientID = wish.clientId {
            app = App.Key(environment: Daybook.Environment.Name(environment), clientID: clientID)
        }
        let target = wish.connection.map { ConnectTarget.connection(Connection.ID($0), app: app) }
        return try await desk.credentials.beginConnect(target ?? .newCompany(app: app), browser: browser, by: Self.who)
            .absoluteString
    }

    func finishConsent(_ redirectedTo: String) async throws -> ConnectOutcomeResponse {
        ConnectOutcomeResponse(
            try await desk.credentials.finishConnect(pasted: redirectedTo, browser: browser, by: Self.who))
    }

    func keepKeys(_ form: KeysForm) async throws -> ConnectionResponse.App {
        if let id = form.connection { _ = try await known(id) }
        let keys = ConnectionSettings.Keys(
            environment: form.environment.map { Daybook.Environment.Name($0) }, clientID: form.clientID,
            clientSecret: form.clientSecret)
        let kept = try await desk.credentials.saveApp(
            keys, for: form.connection.map { Connection.ID($0) }, by: Self.who)
        return ConnectionResponse.App(kept)
    }

    func paste(_ form: TokenForm) async throws -> ConnectOutcomeResponse {
        let settings = try ConnectionSettings(
            connection: form.connection.map { Connection.ID($0) },
            environment: form.environment.map { Daybook.Environment.Name($0) }, clientID: form.clientID,
            clientSecret: form.clientSecret, realmID: form.realmID, refreshToken: form.refreshToken)
        return ConnectOutcomeResponse(try await desk.credentials.propose(settings, by: Self.who))
    }

    func confirm(_ id: Int64, realmID: String) async throws -> ConnectOutcomeResponse {
        ConnectOutcomeResponse(try await desk.credentials.confirm(Connection.ID(id), realmID: realmID, by: Self.who))
    }

    func close() async throws { try await assembly.close() }

    private func known(_ id: Int64) async throws -> Connection {
        guard let connection = try await desk.connections.connection(Connection.ID(id)) else {
            throw Self.missing(id)
        }
        return connection
    }

    private static func missing(_ id: Int64) -> CommandFailure {
        CommandFailure("There is no connection \(id). `daybook connection list` shows those there are.")
    }
}
