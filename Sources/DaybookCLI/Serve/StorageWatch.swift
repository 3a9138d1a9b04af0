// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import ServiceLifecycle

/// Emits a log event when storage trouble begins and when it ends, tries to write in between, and stops the server when
/// its files are gone.
struct StorageWatch: Service {
    let assembly: Assembly
    var interval = Duration.seconds(1)

    /// - Throws: ``StorageFailure`` when the open database is not the one in the data folder any more.
    func run() async throws {
        var said: StorageTrouble?
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            try assembly.folder.condition.checkInPlace()
            said = say(after: said)
            if said != nil { await assembly.folder.tryWriting() }
            said = say(after: said)
            await cancelWhenGracefulShutdown {
                // It throws when it is cancelled at the end; then the loop ends.
                try? await Task.sleep(for: interval)
            }
        }
    }

    private func say(after said: StorageTrouble?) -> StorageTrouble? {
        let trouble = assembly.folder.condition.trouble
        guard trouble != said else { return said }
        assembly.logEvents.emit(.storageCondition(trouble))
        // Loops that waited for the disk go on at once.
        if trouble == nil { assembly.waking.wake(.everyCompany) }
        return trouble
    }
}
