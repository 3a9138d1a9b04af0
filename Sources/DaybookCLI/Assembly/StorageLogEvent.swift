// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage

extension LogEventSink {
    /// Emits a log event for an error of the database, the journal or the disk, and none for any other error.
    func emitStorageTrouble(_ error: any Error) {
        guard error is StorageFailure || error is TokenJournalFailure || error is FileTrouble else { return }
        emit(.storageTrouble(reason: "\(error)"))
    }
}
