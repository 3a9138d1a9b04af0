// SPDX-License-Identifier: Apache-2.0
package import Daybook

/// Whether the epoch file shows that the database beside it is a restored copy.
///
/// Pure.
package enum CopyWitness {
    /// - Parameter databaseEpoch: 0 until the database has sent its first envelope.
    /// - Returns: Nil when nothing shows that the database is a restored copy.
    package static func notice(databaseEpoch: Int64, file: EpochFile.Reading) -> CopyNotice? {
        switch file {
        case .missing where databaseEpoch > 0: CopyNotice(sign: .withoutEpochFile)
        case .kept(let epoch) where epoch > databaseEpoch:
            CopyNotice(sign: .olderThanEpochFile, missingEnvelopes: epoch - databaseEpoch)
        // A copied file may be as old as the database, or older. Envelopes are known to be missing only if it counts
        // further.
        case .copied(let epoch) where databaseEpoch > 0 || epoch > 0:
            CopyNotice(sign: .copied, missingEnvelopes: epoch > databaseEpoch ? epoch - databaseEpoch : nil)
        case .missing, .kept, .copied: nil
        }
    }
}
