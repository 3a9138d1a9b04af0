// SPDX-License-Identifier: Apache-2.0

/// Why nothing can be written just now.
///
/// It is a state: it begins with a write that failed and ends with one that worked.
package enum StorageTrouble: String, Sendable, CaseIterable {
    /// The disk, or the share of it that Daybook's user may fill, is full.
    case full
    /// The data folder or a file in it may be read, and not written.
    case readOnly = "read-only"
    /// The disk answers with errors.
    case failing

    /// What is wrong, what still works and what to do.
    package var explanation: String {
        let pause =
            "Pages can be read; until it can write again Daybook takes no transactions or changes and sends nothing to "
            + "QuickBooks. What was taken before is kept."
        return switch self {
        case .full:
            "The disk that holds Daybook's data folder is full. \(pause) Free some space; Daybook goes on by itself."
        case .readOnly:
            """
            Daybook may not write in its data folder. \(pause) Let Daybook's user write there, or mount the disk for \
            writing; Daybook goes on by itself.
            """
        case .failing:
            """
            The disk that holds Daybook's data folder answers with errors. \(pause) Check the disk and its cables; \
            Daybook goes on by itself when a write works again.
            """
        }
    }
}

/// Whether the storage can write, as a port: known from the last write that failed, without asking the disk.
package protocol StorageCondition: Sendable {
    /// Nil while writes work.
    var trouble: StorageTrouble? { get }
}

/// For a storage in memory, and for commands, which report a failed write themselves.
package struct NoTrouble: StorageCondition {
    package init() {}

    package var trouble: StorageTrouble? { nil }
}
