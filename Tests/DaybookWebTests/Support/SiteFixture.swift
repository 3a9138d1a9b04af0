// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookNotifiers
import DaybookQuickBooks
import DaybookStorage
@testable import DaybookWeb
import Foundation
import HTTPTransport
import Hummingbird
import HummingbirdTesting
import IntuitOAuth
import IntuitSandbox
import Synchronization

/// A rental business with a browser in front of it: the site over real storage, and Intuit on the desk.
struct SiteFixture: Sendable {
    static let realmID = "9341453908059321"
    static let otherRealmID = "9341453908059322"
    static let app = SandboxApp.development

    let sandbox: Sandbox
    /// What the exporter and the desk call QuickBooks by.
    let transport: InterruptedTransport
    let desk: Desk
    let keeper: TokenKeeper
    let exporter: Exporter
    let storage: SQLiteStorage
    /// Nil without a folder for backups.
    let backups: FolderBackups?
    let data: DataFolder
    let site: Site
    /// Lets roles decide as soon as somebody has signed up.
    let roles = RoleAuthorization(hasPeople: false)
    let identity = ServerIdentity(Array(1...32))
    /// As the site has it, for tests of a part of it.
    let pages: PageWriter
    let failures: FailureLog
    let refusals = RefusalLog()
    let woken = WakeLog()
    /// What the desk has told.
    let heard = HeardLogEvents()

    static func open(
        publicURL: String = "http://localhost", isDemo: Bool = false, hasDoor: Bool = false,
        callsPerMinute: Int? = nil, hasBackups: Bool = false, _ body: (SiteFixture) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("daybook-web-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let outcome: Result<Void, any Error>
        do {
            let settings = SiteSettings(
                publicURL: try url(publicURL), isDemo: isDemo, timeZone: try present(TimeZone(identifier: "UTC")),
                callsPerMinute: callsPerMinute)
            try await body(try SiteFixture(settings, hasDoor: hasDoor, hasBackups: hasBackups, folder: folder.path))
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        try FileManager.default.removeItem(at: folder)
        try outcome.get()
    }

    /// - Parameters:
    ///   - hasDoor: Whether people can sign up.
    ///   - hasBackups: Whether the database is in a data folder, and a folder for backups beside it.
    private init(_ settings: SiteSettings, hasDoor: Bool, hasBackups: Bool, folder: String) throws {
        sandbox = Sandbox(SandboxOptions(clock: .stepped(from: Date(timeIntervalSince1970: 1_795_000_000))))
        transport = InterruptedTransport(sandbox)
        let environments = Environments(
            usual: Environment(
                name: .sandbox, discoveryURL: try url("http://localhost:8711/.well-known/openid_sandbox_configuration"),
                quickBooksURL: try url("http://localhost:8711")))
        let opened = hasBackups ? try DataFolder.open(at: folder + "/data") : nil
        let sealer = opened?.sealer ?? Sealer(key: Array(0..<32))
        storage = try opened?.storage ?? SQLiteStorage(at: .memory, sealer: sealer)
        backups = opened.map {
            FolderBackups(
                of: $0, key: nil,
                schedule: BackupSchedule(folder: folder + "/backups", interval: .seconds(86_400), count: 14))
        }
        data = DataFolder(path: folder + "/data")
        let clock = SandboxTime(sandbox: sandbox)
        let digest = SystemDigest()
        let randomness = SystemRandomness()
        let ledger = QuickBooksLedger(
            transport: transport, environments: environments, clock: clock, digest: digest)
        let issuer = IntuitTokenIssuer(transport: sandbox, environments: environments, clock: clock)
        keeper = TokenKeeper(
            storage: storage, issuer: issuer, ledger: ledger,
            journal: try FileTokenJournal(path: folder + "/tokens.journal", sealer: sealer), clock: clock,
            logEvents: Silence(), waking: woken)
        exporter = Exporter(
            storage: storage, ledger: ledger, keeper: keeper, clock: clock, randomness: randomness,
            logEvents: Silence(),
            settings: ExporterSettings(holder: "test"))
        let proofs = SignInProofs(
            passwords: ScryptPasswords(cost: ScryptCost(doublings: 4), randomness: randomness),
            mac: SystemMessageAuthentication())
        desk = Desk(
            Desk.Surroundings(
                storage: storage, issuer: issuer, ledger: ledger, keeper: keeper, clock: clock, randomness: randomness,
                digest: digest, logEvents: heard, waking: woken, environments: environments,
                redirectURI: "http://localhost:8710/connection/callback",
                notifiers: Notifiers(
                    storage: storage,
                    // A mail system that accepts every e-mail.
                    sender: NotifierSender(
                        mail: MailSystem(command: "/usr/bin/true", path: "", from: "daybook@localhost"),
                        transport: sandbox,
                        pageURL: settings.publicURL),
                    clock: clock, randomness: randomness, logEvents: Silence()),
                entry: hasDoor ? Desk.Entry(storage: storage, proofs: proofs, roles: roles) : nil, backups: backups))
        let failures = FailureLog()
        self.failures = failures
        site = Site(
            desk: desk, settings: settings, identity: identity, sessionKey: randomness.bytes(32),
            randomness: randomness, clock: clock, onRefusal: { [refusals] in refusals.add($0) },
            onFailure: { failures.add($0) })
        let seal = SessionSeal(key: randomness.bytes(32))
        pages = PageWriter(
            desk: desk, settings: settings,
            sessions: BrowserSessions(seal: seal, settings: settings, randomness: randomness), assets: Assets(),
            clock: clock)
    }

    /// Lets a visitor in.
    func visit(_ body: @Sendable (Visitor) async throws -> Void) async throws {
        try await visit(site.router(), body)
    }

    func visit(_ router: Router<SiteContext>, _ body: @Sendable (Visitor) async throws -> Void) async throws {
        try await Application(router: router).test(.router) { try await body(Visitor($0)) }
    }
}

struct SandboxTime: WallClock {
    let sandbox: Sandbox
    var now: Date { sandbox.now }
}

final class HeardLogEvents: LogEventSink {
    private let kept = Mutex<[(event: LogEvent, request: String?)]>([])

    var all: [LogEvent] { kept.withLock { $0.map(\.event) } }

    /// What was done at desks.
    var acts: [LogEvent] { all.filter { if case .acted = $0 { true } else { false } } }

    /// The number of the request that each was heard in.
    var requests: [String?] { kept.withLock { $0.map(\.request) } }

    func emit(_ event: LogEvent) { kept.withLock { $0.append((event, RequestNumber.current?.text)) } }
}

struct Silence: LogEventSink {
    func emit(_ event: LogEvent) {}
}

/// What was woken since it was last asked.
final class WakeLog: Waking {
    private let kept = Mutex<Set<Work>>([])

    func wake(_ work: Work) { kept.withLock { _ = $0.insert(work) } }

    func take() -> Set<Work> {
        kept.withLock { kept in
            defer { kept = [] }
            return kept
        }
    }
}

final class FailureLog: Sendable {
    private let kept = Mutex<[RequestFailure]>([])
    func add(_ failure: RequestFailure) { kept.withLock { $0.append(failure) } }
    var all: [RequestFailure] { kept.withLock { $0 } }
}

final class RefusalLog: Sendable {
    private let kept = Mutex<[String]>([])
    func add(_ refusal: RequestRefusal) {
        kept.withLock { $0.append("\(refusal.status) \(refusal.method) \(refusal.route)") }
    }
    var all: [String] { kept.withLock { $0 } }
}

struct Missing: Error {}

func present<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Missing() }
    return value
}

func url(_ text: String) throws -> URL { try present(URL(string: text)) }
