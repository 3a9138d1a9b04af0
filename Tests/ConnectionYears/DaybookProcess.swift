// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import DaybookStorage
import Foundation
import IntuitSandbox

/// One process of Daybook, from a morning to the night.
struct DaybookProcess {
    private static let redirectURI = "http://localhost:8710/connection/callback"

    let keeper: TokenKeeper
    let exporter: Exporter
    private let ledger: QuickBooksLedger
    private let desk: Desk
    private let storage: SQLiteStorage
    private let sandbox: Sandbox

    init(over fixture: YearsFixture, journal: FileTokenJournal) throws {
        guard let discovery = URL(string: "http://localhost:8711/.well-known/openid_sandbox_configuration"),
            let quickBooks = URL(string: "http://localhost:8711")
        else { throw YearsAreStuck("the sandbox's address is no address") }
        let environments = Environments(
            usual: Environment(name: .sandbox, discoveryURL: discovery, quickBooksURL: quickBooks))
        let clock = SandboxTime(sandbox: fixture.sandbox)
        let digest = SystemDigest()
        let randomness = SystemRandomness()
        let logEvents = NoLogEvents()
        ledger = QuickBooksLedger(
            transport: fixture.road, environments: environments, clock: clock, digest: digest, limits: nil)
        let issuer = IntuitTokenIssuer(transport: fixture.road, environments: environments, clock: clock)
        keeper = TokenKeeper(
            storage: fixture.storage, issuer: issuer, ledger: ledger, journal: journal, clock: clock,
            logEvents: logEvents)
        exporter = Exporter(
            storage: fixture.storage, ledger: ledger, keeper: keeper, clock: clock, randomness: randomness,
            logEvents: logEvents, settings: ExporterSettings(holder: "the office"))
        desk = Desk(
            Desk.Surroundings(
                storage: fixture.storage, issuer: issuer, ledger: ledger, keeper: keeper, clock: clock,
                randomness: randomness, digest: digest, logEvents: logEvents, environments: environments,
                redirectURI: Self.redirectURI))
        storage = fixture.storage
        sandbox = fixture.sandbox
    }

    func start() async throws {
        try await keeper.start(.first)
        try await exporter.start(.first)
    }

    /// The app's keys and the account numbers, on the first morning.
    func setUp() async throws {
        let app = SandboxApp.development
        try await desk.credentials.saveApp(
            ConnectionSettings.Keys(clientID: app.clientID, clientSecret: Secret(app.clientSecret)),
            by: .command("bookkeeper"))
        let stores = try (1...3).map { number in
            guard let number = StoreNumber(number) else { throw YearsAreStuck("no such store") }
            return Store(number: number, name: "Store \(number)", className: nil, departmentName: nil)
        }
        try await desk.books.save(BooksSettings(numbers: .standardRental, stores: stores), by: .command("bookkeeper"))
    }

    /// **Connect to QuickBooks**.
    func connect() async throws {
        let browser = Secret("browser of the bookkeeper")
        let page = try await desk.credentials.beginConnect(.first, browser: browser, by: .command("pat"))
        let items = URLComponents(url: page, resolvingAgainstBaseURL: false)?.queryItems ?? []
        guard let state = items.first(where: { $0.name == "state" })?.value else {
            throw YearsAreStuck("the consent's address has no state")
        }
        let code = try sandbox.mintCode(
            clientID: SandboxApp.development.clientID, realmID: YearsPlan.realmID, redirectURI: Self.redirectURI)
        _ = try await desk.credentials.finishConnect(
            code: Secret(code), state: state, realmID: YearsPlan.realmID, browser: browser, by: .command("bookkeeper"))
    }

    func take(_ transaction: Transaction) async throws {
        let file = IntakeFile(Array(transaction.canonicalText().utf8), format: .ndjson)
        let report = try await desk.intake.take(file, policy: .allOrNothing, by: .anybody(.api))
        guard report.recorded == 1 else { throw YearsAreStuck("a transaction was not taken") }
    }

    /// A call as a page makes it.
    ///
    /// - Returns: When to try again; idle when it worked.
    func callCompany() async throws -> Wake {
        let token: UsableToken
        switch try await keeper.token(for: .first) {
        case .usable(let usable): token = usable
        case .unavailable(let retryAt): return .at(retryAt ?? .distantFuture)
        }
        let access = LedgerAccess(
            connection: .first, environment: token.environment, realmID: token.company.realmID,
            accessToken: token.accessToken)
        switch await ledger.company(access: access) {
        case .answer:
            try await keeper.accessTokenWorked(.first, wrote: false)
            return .idle
        case .notExecuted(.unauthorized(let tid)):
            try await keeper.accessTokenRefused(.first, generation: token.generation, tid: tid)
            return .now
        case .notExecuted, .failed: return .at(.distantFuture)
        }
    }

    /// Pages, programs and the keeper, who want a token at the same moment.
    func crowd() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { _ = try await keeper.token(for: .first) } }
            group.addTask { _ = try await keeper.step(.first) }
            try await group.waitForAll()
        }
    }

    /// The connection, when only a person can mend it.
    func broken() async throws -> Connection? {
        let stored = try await storage.connection(.first)
        return stored?.status == .broken ? stored : nil
    }
}

private struct NoLogEvents: LogEventSink {
    func emit(_ event: LogEvent) {}
}

/// The years can't be lived, with what is needed to see why.
struct YearsAreStuck: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
