// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import DaybookStorage
import Foundation
import HTTPTransport
import IntuitSandbox
import QuickBooks
import Testing

/// A Daybook with two environments, and two companies at Intuit: one under development keys, one under production's.
final class Companies {
    static let sandboxRealm = "9341453908059321"
    static let productionRealm = "9130347957983546"
    static let browser = Secret("browser of the bookkeeper")
    static let redirectURI = "http://localhost:8710/connection/callback"

    let sandbox: Sandbox
    let door: DoorLog
    let clock: SkewedClock
    let interposer = Interposer()
    let logEvents = KeptLogEvents()
    private let usesFile: Bool
    private let digest: any Digest
    private let random: SeededRandomness
    private let folder: URL
    private(set) var storage: SQLiteStorage
    private(set) var issuer: IntuitTokenIssuer
    private(set) var keeper: TokenKeeper
    private(set) var exporter: Exporter
    private(set) var desk: Desk

    init(seed: UInt64, digest: any Digest = SystemDigest(), usesFile: Bool = false) throws {
        self.usesFile = usesFile
        self.digest = digest
        random = SeededRandomness(seed: seed)
        sandbox = Sandbox(
            SandboxOptions(
                seed: seed, clock: .stepped(from: WorldPlan.start),
                companies: [
                    SandboxCompany(realmID: Self.sandboxRealm, name: "Three Rivers Rental", books: .rental),
                    SandboxCompany(realmID: Self.productionRealm, name: "Lakeside Rental", books: .rental),
                ]))
        clock = SkewedClock(sandbox, offset: 0)
        door = DoorLog(sandbox) { [sandbox] in sandbox.now }
        folder = FileManager.default.temporaryDirectory.appending(path: "daybook-companies-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        _ = interposer.before(door)
        storage = try Self.openStorage(usesFile, folder)
        (issuer, keeper, exporter, desk) = try Self.process(
            storage, folder, interposer, clock: clock, random: random, digest: digest, logEvents: logEvents)
    }

    private static func openStorage(_ usesFile: Bool, _ folder: URL) throws -> SQLiteStorage {
        try SQLiteStorage(at: usesFile ? .file(folder.path() + "/daybook.sqlite") : .memory, sealer: sealer)
    }

    private static let sealer = Sealer(key: Array(repeating: 9, count: 32))

    /// What a start of Daybook makes.
    private static func process(
        _ storage: SQLiteStorage, _ folder: URL, _ transport: any HTTPTransport, clock: SkewedClock,
        random: SeededRandomness, digest: any Digest, logEvents: KeptLogEvents
    ) throws -> (IntuitTokenIssuer, TokenKeeper, Exporter, Desk) {
        let journal = try FileTokenJournal(path: folder.appending(path: "tokens.journal").path(), sealer: sealer)
        let environments = try environments()
        let ledger = QuickBooksLedger(transport: transport, environments: environments, clock: clock, digest: digest)
        let issuer = IntuitTokenIssuer(transport: transport, environments: environments, clock: clock)
        let keeper = TokenKeeper(
            storage: storage, issuer: issuer, ledger: ledger, journal: journal, clock: clock, logEvents: logEvents)
        let exporter = Exporter(
            storage: storage, ledger: ledger, keeper: keeper, clock: clock, randomness: random, logEvents: logEvents,
            settings: ExporterSettings(holder: "companies"))
        let desk = Desk(
            Desk.Surroundings(
                storage: storage, issuer: issuer, ledger: ledger, keeper: keeper, clock: clock, randomness: random,
                digest: digest, logEvents: logEvents, environments: environments, redirectURI: redirectURI))
        return (issuer, keeper, exporter, desk)
    }

    /// Daybook is stopped in the middle of whatever it does, and starts over the same folder.
    func restart() async throws {
        if usesFile {
            try storage.close()
            storage = try Self.openStorage(usesFile, folder)
        }
        (issuer, keeper, exporter, desk) = try Self.process(
            storage, folder, interposer, clock: clock, random: random, digest: digest, logEvents: logEvents)
        for connection in try await storage.connections() {
            try await keeper.start(connection.id)
            try await exporter.start(connection.id)
        }
    }

    deinit {
        // A folder that stays behind in the temporary directory does no harm.
        try? FileManager.default.removeItem(at: folder)
    }

    private static func environments() throws -> Environments {
        func environment(_ name: Environment.Name, _ discovery: String, _ base: String) throws -> Environment {
            Environment(
                name: name,
                discoveryURL: try #require(URL(string: "http://localhost:8711/.well-known/\(discovery)")),
                quickBooksURL: try #require(URL(string: "http://localhost:8711\(base)")))
        }
        return Environments(
            usual: try environment(.production, "openid_configuration", "/production"),
            others: [try environment(.sandbox, "openid_sandbox_configuration", "")])
    }

    static let keys: [Environment.Name: SandboxApp] = [.sandbox: .development, .production: .production]

    func saveApp(_ environment: Environment.Name, for connection: Connection.ID? = nil) async throws {
        let app = try #require(Self.keys[environment])
        try await desk.credentials.saveApp(
            ConnectionSettings.Keys(
                environment: environment, clientID: app.clientID, clientSecret: Secret(app.clientSecret)),
            for: connection, by: .command("pat"))
    }

    /// What Intuit's redirect brings back when somebody consents for a company.
    func consent(
        _ target: ConnectTarget, _ environment: Environment.Name, realmID: String
    ) async throws -> (code: Secret, state: String) {
        let page = try await desk.credentials.beginConnect(target, browser: Self.browser, by: .command("pat"))
        let items = URLComponents(url: page, resolvingAgainstBaseURL: false)?.queryItems ?? []
        let state = try #require(items.first { $0.name == "state" }?.value)
        let app = try #require(Self.keys[environment])
        let code = try sandbox.mintCode(clientID: app.clientID, realmID: realmID, redirectURI: Self.redirectURI)
        return (Secret(code), state)
    }

    func connect(
        _ target: ConnectTarget, _ environment: Environment.Name, realmID: String
    ) async throws -> Connected {
        let (code, state) = try await consent(target, environment, realmID: realmID)
        return try await desk.credentials.finishConnect(
            code: code, state: state, realmID: realmID, browser: Self.browser, by: .command("pat"))
    }

    func token(_ environment: Environment.Name, realmID: String) throws -> Secret {
        let app = try #require(Self.keys[environment])
        return Secret(try sandbox.mintGrant(clientID: app.clientID, realmID: realmID).refreshToken)
    }

    /// Both companies connected: the sandbox's first, production's beside it.
    func connectBoth() async throws -> (sandbox: Connection.ID, production: Connection.ID) {
        for environment in [Environment.Name.sandbox, .production] { try await saveApp(environment) }
        let sandboxApp = App.Key(environment: .sandbox, clientID: SandboxApp.development.clientID)
        let productionApp = App.Key(environment: .production, clientID: SandboxApp.production.clientID)
        let first = try await connect(.newCompany(app: sandboxApp), .sandbox, realmID: Self.sandboxRealm)
        let second = try await connect(.newCompany(app: productionApp), .production, realmID: Self.productionRealm)
        for connection in try await storage.connections() { try await exporter.start(connection.id) }
        return (first.connection, second.connection)
    }

    /// Steps all exporters until nothing is open.
    func drain() async throws {
        for _ in 0..<2_000 {
            var wake = Wake.idle
            for connection in try await storage.connections() { wake = wake.or(try await exporter.step(connection.id)) }
            let counts = try await storage.exportCounts(of: nil)
            if [.pending, .exporting, .checking].allSatisfy({ (counts[$0] ?? 0) == 0 }) { return }
            switch wake {
            case .now: continue
            case .idle: sandbox.advance(by: .seconds(1))
            case .at(let moment): sandbox.advance(by: .seconds(max(0.01, moment.timeIntervalSince(clock.now))))
            }
        }
        throw WorldIsStuck("two companies did not drain")
    }

    /// The numbers of all journal entries of a company, read with a grant of one's own.
    func documentNumbers(_ environment: Environment.Name, realmID: String) async throws -> Set<String> {
        let app = try #require(Self.keys[environment])
        let token = AccessToken(try sandbox.mintGrant(clientID: app.clientID, realmID: realmID).accessToken)
        let base = try #require(try Self.environments()[environment]?.quickBooksURL)
        let client = QuickBooksClient(transport: sandbox, baseURL: base, realmID: realmID) { token }
        let entries = try await client.query(QueryText(JournalEntry.self).ordered(by: .id).page(from: 1, size: 900))
        return Set(entries.items.compactMap(\.docNumber))
    }

    /// A document with an export's marker and number, as another Daybook's or a lost time's.
    func enter(_ export: Export, realmID: String) async throws {
        let app = try #require(Self.keys[.production])
        let token = AccessToken(try sandbox.mintGrant(clientID: app.clientID, realmID: realmID).accessToken)
        let base = try #require(try Self.environments()[.production]?.quickBooksURL)
        let client = QuickBooksClient(transport: sandbox, baseURL: base, realmID: realmID) { token }
        let accounts = try await client.query(QueryText(Account.self).page(from: 1, size: 1_000)).items
        let bank = try #require(accounts.first { $0.acctNum == "1000" }?.id)
        let income = try #require(accounts.first { $0.acctNum == "4000" }?.id)
        _ = try await client.create(
            JournalEntry(
                docNumber: export.documentNumber.text, txnDate: LedgerDate(export.date.text),
                privateNote: export.id.marker,
                lines: [
                    JournalLine(.debit, 12, account: Reference(bank)),
                    JournalLine(.credit, 12, account: Reference(income)),
                ]))
    }
}
