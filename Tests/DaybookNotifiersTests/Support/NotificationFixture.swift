// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookNotifiers
import DaybookStorage
import Foundation
import HTTPTransport
import HTTPTypes
import Synchronization

/// Warnings on their way over real storage and a real sender, on a clock turned by hand.
final class NotificationFixture {
    let clock = TurnedClock()
    let logEvents = KeptLogEvents()
    let wire = Wire()
    private(set) var storage: SQLiteStorage
    private(set) var watch: WarningWatch
    private(set) var round: DeliveryRound
    private let path: String?
    private let sender: NotifierSender

    /// - Parameter path: Of the database; nil for one in memory, which no restart survives.
    init(path: String? = nil) throws {
        self.path = path
        sender = try Examples.sender(mail: Examples.noMail, transport: wire)
        (storage, watch, round) = try Self.start(path, sender, clock, logEvents)
    }

    /// Another process over the same disk.
    func restart() throws {
        try storage.close()
        (storage, watch, round) = try Self.start(path, sender, clock, logEvents)
    }

    private static func start(
        _ path: String?, _ sender: NotifierSender, _ clock: TurnedClock, _ logEvents: KeptLogEvents
    ) throws -> (SQLiteStorage, WarningWatch, DeliveryRound) {
        let storage = try SQLiteStorage(
            at: path.map { .file($0) } ?? .memory, sealer: Sealer(key: Array(0..<32)))
        return (
            storage,
            WarningWatch(storage: storage, clock: clock, randomness: SystemRandomness(), logEvents: logEvents),
            DeliveryRound(storage: storage, sender: sender, clock: clock, logEvents: logEvents)
        )
    }

    func addWebhook() async throws {
        let address = try WebhookAddress("https://hooks.example.com/daybook")
        _ = try await storage.addNotifier(
            .webhook(address, secret: Examples.secret), by: .command("pat"), at: clock.now)
    }

    func install(idle days: Double = 100, generation: Int64 = 1) async throws {
        let grant = Grant(
            generation: generation, accessToken: Secret("a"), accessExpiresAt: clock.now.addingTimeInterval(3_600),
            refreshToken: Secret("r"), refreshTokenSince: clock.now,
            idleExpiresAt: clock.now.addingTimeInterval(days * 86_400),
            hardExpiresAt: clock.now.addingTimeInterval(1_825 * 86_400), refreshedAt: clock.now)
        try await storage.install(
            grant, company: Company(realmID: "9130", name: "Ridge Rentals"),
            app: App(environment: .sandbox, clientID: "AB", clientSecret: Secret("s")), on: .first, by: .command("pat"),
            at: clock.now, intuitTID: "tid-1")
    }

    /// Looks, and delivers whatever is due.
    func look() async throws {
        _ = try await watch.step()
        while try await round.step() == .now {}
    }
}

/// A network that answers as it is told to, and keeps what it carried.
final class Wire: HTTPTransport {
    private let state = Mutex((status: 200, sent: [TransportRequest]()))

    func answer(_ status: Int) { state.withLock { $0.status = status } }

    var sent: [TransportRequest] { state.withLock { $0.sent } }

    /// What stood in a member of each body.
    func members(_ name: String) throws -> [String] {
        try sent.map { request in
            let object = try JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
            return (object?[name]).map { "\($0)" } ?? ""
        }
    }

    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        let status = state.withLock { state in
            state.sent.append(request)
            return state.status
        }
        return TransportResponse(head: HTTPResponse(status: .init(code: status)))
    }
}

/// A new folder, removed after `body`.
func withFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "daybook-fixture-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body(folder.path)) } catch { outcome = .failure(error) }
    try FileManager.default.removeItem(at: folder)
    try outcome.get()
}
