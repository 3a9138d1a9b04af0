// SPDX-License-Identifier: Apache-2.0

/// The token journal can't be written or read.
package enum TokenJournalFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// A write was not confirmed by the disk. Nothing is appended until the next start.
    case notDurable
    /// A record is whole but sealed under another key.
    case otherKey
    case recordUnreadable

    package var description: String {
        switch self {
        case .notDurable:
            """
            The disk did not confirm a write to tokens.journal, so no token is renewed any more. Check the disk, \
            then start Daybook again.
            """
        case .otherKey:
            """
            tokens.journal was sealed with another daybook.key than the one in the data folder. Put back the key \
            file that belongs to it. Nothing was changed.
            """
        case .recordUnreadable:
            """
            tokens.journal holds a record that this version of Daybook does not know. Start the version that wrote it.
            """
        }
    }
}
