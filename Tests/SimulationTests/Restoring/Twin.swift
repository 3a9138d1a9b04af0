// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation

/// A second Daybook at work in a copy of a world's data folder, while the first goes on.
final class Twin {
    let world: World
    private(set) var worker: Worker
    let storage: SQLiteStorage
    private let folder: URL
    private let surroundings: Surroundings

    init(of world: World) async throws {
        self.world = world
        folder = FileManager.default.temporaryDirectory.appending(path: "daybook-twin-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, content) in try world.backup() { try content.write(to: folder.appending(path: name)) }
        let sealer = Sealer(key: Array(repeating: 7, count: 32))
        let epochFile = try EpochFile(path: folder.path() + "/daybook.epoch", machine: World.machine)
        storage = try SQLiteStorage(
            at: .file(folder.path() + "/daybook.sqlite"), sealer: sealer, epochFile: epochFile)
        try await storage.checkEpoch(at: world.clock.now)
        var surroundings = world.surroundings
        surroundings.storage = storage
        surroundings.journal = try FileTokenJournal(
            path: folder.appending(path: "tokens.journal").path(), sealer: sealer)
        self.surroundings = surroundings
        worker = Worker("twin", in: surroundings)
        try await worker.keeper.start(World.connection)
        try await worker.exporter.start(World.connection)
    }

    func restart() async throws {
        worker.crashes.die()
        worker = Worker("twin again", in: surroundings)
        try await worker.keeper.start(World.connection)
        try await worker.exporter.start(World.connection)
    }

    deinit {
        // A folder that stays behind in the temporary directory does no harm.
        try? FileManager.default.removeItem(at: folder)
    }

    /// The source sends to the copy as well.
    func take(_ new: [Transaction]) async throws {
        let text = new.map { $0.canonicalText() }.joined(separator: "\n")
        _ = try await worker.desk.intake.take(
            IntakeFile(Array(text.utf8), format: .ndjson), policy: .allOrNothing, by: .anybody(.api))
    }

    /// Both post for a while, in seeded order; now and then one is held within a batch while the other goes on.
    func bothLive(steps: Int) async throws {
        for _ in 0..<steps {
            let isTwin = world.random.happens(0.5)
            let mine = isTwin ? worker : world.worker
            let other = isTwin ? world.worker : worker
            if world.random.happens(0.15) {
                try await race(mine, with: other)
            } else {
                try await step(mine)
            }
            if try await isSettled() { return }
        }
    }

    /// One has counted and sends; before its documents are booked, the other counts and sends as well.
    private func race(_ mine: Worker, with other: Worker) async throws {
        mine.gate.arm(before: true)
        let step = Self.step(mine)
        await mine.gate.untilSomebodyArrives()
        guard mine.gate.isHolding else {
            mine.gate.disarm()
            _ = try await step.value
            return
        }
        for _ in 0..<6 { try await self.step(other) }
        mine.gate.open()
        _ = try await step.value
        await mine.gate.untilSomebodyArrives()
    }

    private static func step(_ worker: Worker) -> Task<Wake, any Error> {
        let (exporter, gate) = (worker.exporter, worker.gate)
        return Task {
            defer { gate.arrive() }
            return try await exporter.step(World.connection)
        }
    }

    private func step(_ worker: Worker) async throws {
        _ = try await worker.keeper.step(World.connection)
        guard case .at(let moment) = try await worker.exporter.step(World.connection) else { return }
        // Neither waits long for the other.
        if moment > world.clock.now, world.random.happens(0.5) { world.advance(by: .seconds(1)) }
    }

    private func isSettled() async throws -> Bool {
        for storage in [world.storage, storage] {
            if try await storage.postingStop(of: World.connection) != nil { continue }
            let counts = try await storage.exportCounts(of: nil)
            let isOpen = [.pending, .exporting, .checking].contains { counts[$0, default: 0] > 0 }
            if isOpen { return false }
        }
        return true
    }
}
