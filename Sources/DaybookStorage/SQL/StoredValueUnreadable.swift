// SPDX-License-Identifier: Apache-2.0

/// The database holds something that Daybook never writes: it was changed from outside, or is damaged.
package struct StoredValueUnreadable: Error, Equatable, Sendable, CustomStringConvertible {
    package let what: String

    package init(what: String) { self.what = what }

    package var description: String {
        """
        Daybook's database holds something that Daybook did not write (\(what)). It may have been edited by \
        another program or damaged by the disk. Stop Daybook, keep a copy of the data folder, and restore the \
        latest backup.
        """
    }
}
