// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import ServiceLifecycle

/// Says when storage trouble begins and ends, tries whether it is over, and stops the server whose files are gone.
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
                // Cancelled at the end; the loop's condition says so.
                try? await Task.sleep(for: interval)
            }
        }
    }

    private func say(after said: StorageTrouble?) -> StorageTrouble? {
        let trouble = assembly.folder.condition.trouble
        guard trouble != said else { return said }
        assembly.notices.emit(.storageCondition(trouble))
        // What waited for the disk goes on at once.
        if trouble == nil { assembly.waking.wake(.everyCompany) }
        return trouble
    }
}
