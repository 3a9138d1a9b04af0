// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import DaybookStorage
import Foundation
import HTTPTransport
import IntuitOAuth
import IntuitSandbox

/// The sandbox's time.
struct SandboxTime: WallClock {
    let sandbox: Sandbox

    var now: Date { sandbox.now }
}

/// What outlives a night: Intuit, the road to it, and the disk.
final class YearsFixture {
    let sandbox: Sandbox
    let road: LossyRoad
    let storage: SQLiteStorage
    private let sealer = Sealer(key: Array(repeating: 7, count: 32))
    private let folder: URL

    init(_ plan: YearsPlan) throws {
        var lifetimes = TokenLifetimes()
        lifetimes.overlap = plan.overlap
        sandbox = Sandbox(
            SandboxOptions(
                seed: plan.seed, clock: .stepped(from: YearsPlan.start), throttlesEnabled: false, lifetimes: lifetimes))
        road = LossyRoad(sandbox, lossShare: plan.lossShare, seed: plan.seed &+ 1)
        folder = Self.quickFolder.appending(path: "connection-years-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        storage = try SQLiteStorage(at: .memory, sealer: sealer)
    }

    deinit {
        // A folder that stays behind in the temporary directory does no harm.
        try? FileManager.default.removeItem(at: folder)
    }

    /// How many documents stand in QuickBooks.
    var documents: Int { sandbox.counters.documents.values.reduce(0, +) }

    /// A process over the same disk, started: it knows of the nights before what the journal's file tells.
    func startProcess() async throws -> DaybookProcess {
        let journal = try FileTokenJournal(path: folder.appending(path: "tokens.journal").path(), sealer: sealer)
        let process = try DaybookProcess(over: self, journal: journal)
        try await process.start()
        return process
    }

    /// The journal syncs three times a refresh; a folder in memory, where there is one, makes that quick.
    private static var quickFolder: URL {
        let memory = URL(fileURLWithPath: "/dev/shm", isDirectory: true)
        return FileManager.default.isWritableFile(atPath: memory.path())
            ? memory : FileManager.default.temporaryDirectory
    }
}
