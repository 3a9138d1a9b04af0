// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import HTTPTransport
import IntuitSandbox
import QuickBooks

/// Daybook, its disk and Intuit in one process on one clock that is turned by hand.
final class World {
    static let connection = Connection.ID.first

    let plan: WorldPlan
    let sandbox: Sandbox
    let wire: WireLog
    let door: DoorLog
    let envelopes = EnvelopeLog()
    let logEvents = KeptLogEvents()
    let clock: SkewedClock
    let folder: URL
    var surroundings: Surroundings
    var worker: Worker
    var random: SeededGenerator
    var transactions: [Transaction] = []
    /// Documents that other people made in QuickBooks, by number.
    var othersDocuments: Set<String> = ["OPENING"]
    /// The trial balance before Daybook came.
    var openingBalance: [String: Decimal] = [:]
    /// Whether the company's subscription has lapsed, and whether the user who consented was removed.
    var hasLapsed = false
    var isUserRemoved = false
    /// A second process over the same storage, if there is one.
    var second: Worker?
    /// Its step, while it is held in the middle of a call.
    var heldStep: Task<Wake, any Error>?
    private var restarts = 0

    init(_ plan: WorldPlan) throws {
        self.plan = plan
        random = SeededGenerator(seed: plan.seed)
        sandbox = Sandbox(
            SandboxOptions(
                seed: plan.seed, clock: .stepped(from: WorldPlan.start), throttlesEnabled: plan.throttles,
                lifetimes: plan.lifetimes))
        clock = SkewedClock(sandbox, offset: plan.clockOffset)
        let network = AbruptNetwork(sandbox, cutShare: plan.cutShare, seed: plan.seed &+ 2)
        door = DoorLog(network) { [sandbox] in sandbox.now }
        wire = WireLog(plan.interposed(door), envelopes: envelopes)
        folder = FileManager.default.temporaryDirectory.appending(path: "daybook-world-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let sealer = Sealer(key: Array(repeating: 7, count: 32))
        surroundings = Surroundings(
            storage: try Self.openStorage(plan, folder, sealer, machine: Self.machine),
            journal: try FileTokenJournal(path: folder.appending(path: "tokens.journal").path(), sealer: sealer),
            discovery: FileDiscoveryStore(path: folder.appending(path: "discovery.json").path()),
            wire: wire, environments: Environments(usual: try Self.environment()), clock: clock,
            randomness: SeededRandomness(seed: plan.seed &+ 1), logEvents: logEvents, envelopes: envelopes,
            limits: plan.throttles ? PacingLimits() : nil, inFlightHorizon: plan.inFlightHorizon,
            isBlind: plan.isBlind)
        worker = Worker("worker 0", in: surroundings)
    }

    deinit {
        // A folder that stays behind in the temporary directory does no harm.
        try? FileManager.default.removeItem(at: folder)
    }

    /// The process is gone, and another one starts over the same disk.
    func restart() async throws {
        worker.crashes.die()
        restarts += 1
        if plan.usesFile {
            try surroundings.storage.close()
            try await openStorage()
        }
        worker = Worker("worker \(restarts)", in: surroundings)
        try await worker.keeper.start(Self.connection)
        try await worker.exporter.start(Self.connection)
    }

    func advance(by duration: Duration) { sandbox.advance(by: duration) }

    /// The storage as it is, past any crash.
    var storage: SQLiteStorage { surroundings.storage }

    /// As a start does: the epoch file is asked before anything else happens.
    func openStorage(on machine: MachineIdentity = World.machine) async throws {
        let sealer = Sealer(key: Array(repeating: 7, count: 32))
        surroundings.storage = try Self.openStorage(plan, folder, sealer, machine: machine)
        try await surroundings.storage.checkEpoch(at: clock.now)
    }

    static let machine = MachineIdentity(id: "0123456789abcdef", boot: "first-boot")

    private static func openStorage(
        _ plan: WorldPlan, _ folder: URL, _ sealer: Sealer, machine: MachineIdentity
    ) throws -> SQLiteStorage {
        guard plan.usesFile else { return try SQLiteStorage(at: .memory, sealer: sealer) }
        let epochFile = plan.isBlind ? nil : try EpochFile(path: folder.path() + "/daybook.epoch", machine: machine)
        return try SQLiteStorage(
            at: .file(folder.path() + "/daybook.sqlite"), sealer: sealer, epochFile: epochFile)
    }

    static func environment() throws -> Environment {
        guard let discovery = URL(string: "http://localhost:8711/.well-known/openid_sandbox_configuration"),
            let quickBooks = URL(string: "http://localhost:8711")
        else { throw WorldIsStuck("the sandbox's address is no address") }
        return Environment(name: .sandbox, discoveryURL: discovery, quickBooksURL: quickBooks)
    }
}

/// A world that doesn't get on, or can't be built, with what is needed to see why.
struct WorldIsStuck: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
