// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Logging

/// Carries out what a page or a program asked the server before this start: to put a backup in the database's place.
struct RestoreAtStart {
    private let settings: DaybookConfiguration
    private let logger: Logger

    init(_ settings: DaybookConfiguration, _ logger: Logger) {
        self.settings = settings
        self.logger = logger
    }

    /// - Returns: What came of it; nil when nothing was asked for.
    /// - Throws: What ``DataFolder/carryOutRestore(from:at:progress:)`` throws, and what reading the key throws.
    func carryOut() async throws -> BackupOverview.Restore? {
        var said = 0
        let restored = try DataFolder(path: settings.dataFolder).carryOutRestore(
            from: try await settings.key.source(), at: Date()
        ) { [logger] part in
            let tenths = Int(part * 10)
            guard tenths > said else { return }
            said = tenths
            logger.info("restoring a backup", metadata: ["done": "\(tenths * 10)%"])
        }
        guard let restored else { return nil }
        var facts: Logger.Metadata = ["file": "\(restored.backup)"]
        if let former = restored.formerDatabase { facts["former"] = "\(former)" }
        if let failure = restored.failure { facts["reason"] = "\(failure)" }
        logger.log(
            level: restored.failure == nil ? .notice : .error,
            restored.failure == nil ? "backup restored" : "backup not restored; the data is as it was", metadata: facts)
        return restored
    }

    /// Writes the outcome into the audit trail; where the disk refuses that, posting does not wait for it.
    static func say(_ restored: BackupOverview.Restore, _ assembly: Assembly) async {
        do {
            try await assembly.backups.say(restored)
        } catch {
            assembly.logEvents.emitStorageTrouble(error)
            assembly.logger.warning("restore not in the audit trail", metadata: ["reason": "\(error)"])
        }
    }
}
