// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage

extension NoticeSink {
    /// Emits a notice for an error of the database, the journal or the disk, and none for any other error.
    func emitStorageTrouble(_ error: any Error) {
        guard error is StorageFailure || error is JournalFailure || error is FileTrouble else { return }
        emit(.storageTrouble(reason: "\(error)"))
    }
}
