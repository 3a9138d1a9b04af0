// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation

/// Backups of a world's data folder, and what it is to put one back.
extension World {
    /// The folder as it is at this moment, in the middle of whatever is under way.
    func backup() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in RestoreWay.all where name != "daybook.sqlite-shm" {
            files[name] = FileManager.default.contents(atPath: path(name))
        }
        return files
    }

    /// The process is stopped, one file put into the folder, and Daybook started.
    func restart(with content: Data?, as name: String) async throws {
        try await restore([name: content].compactMapValues { $0 }, files: [name])
    }

    /// The process is stopped, the backup put back, and Daybook started.
    func restore(_ backup: [String: Data], by way: RestoreWay) async throws {
        let other = MachineIdentity(id: "fedcba9876543210", boot: "other-boot")
        // A file system's snapshot gives no other sign than QuickBooks, which shows a late commit only when it is
        // there (docs/adr/0025).
        try await restore(
            backup, files: way.files, inPlace: way == .snapshot,
            pause: way == .snapshot ? plan.inFlightHorizon + .seconds(60) : .zero,
            on: way == .otherMachine ? other : Self.machine)
    }

    private func restore(
        _ backup: [String: Data], files: [String], inPlace: Bool = false, pause: Duration = .zero,
        on machine: MachineIdentity = World.machine
    ) async throws {
        worker.crashes.die()
        try surroundings.storage.close()
        for name in files { try put(backup[name], at: path(name), inPlace: inPlace) }
        advance(by: pause)
        try await openStorage(on: machine)
        surroundings.journal = try FileTokenJournal(
            path: path("tokens.journal"), sealer: Sealer(key: Array(repeating: 7, count: 32)))
        worker = Worker("restored \(clock.now)", in: surroundings)
        try await worker.keeper.start(Self.connection)
        try await worker.exporter.start(Self.connection)
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path() }

    private func put(_ content: Data?, at path: String, inPlace: Bool) throws {
        let isThere = FileManager.default.fileExists(atPath: path)
        guard let content else {
            if isThere { try FileManager.default.removeItem(atPath: path) }
            return
        }
        guard inPlace, isThere, let file = FileHandle(forUpdatingAtPath: path) else {
            if isThere { try FileManager.default.removeItem(atPath: path) }
            guard FileManager.default.createFile(atPath: path, contents: content) else {
                throw WorldIsStuck("\(path) can't be written")
            }
            return
        }
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: content)
        try file.close()
    }
}
