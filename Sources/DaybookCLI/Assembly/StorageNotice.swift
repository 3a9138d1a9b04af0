// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage

extension NoticeSink {
    /// Tells of it when an error is the database's, the journal's or the disk's; of any other it tells nothing.
    func emitStorageTrouble(_ error: any Error) {
        guard error is StorageFailure || error is JournalFailure || error is FileTrouble else { return }
        emit(.storageTrouble(reason: "\(error)"))
    }
}
