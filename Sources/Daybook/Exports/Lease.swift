// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// The right to post to one company until a moment.
///
/// A late worker's lease has an older generation, and everything it tries to settle is refused.
package struct Lease: Sendable, Equatable {
    package let connection: Connection.ID
    package let holder: String
    package let generation: Int64
    package let until: Date

    package init(connection: Connection.ID, holder: String, generation: Int64, until: Date) {
        self.connection = connection
        self.holder = holder
        self.generation = generation
        self.until = until
    }

    /// How long a lease lasts unless renewed: longer than the longest call, so that it need not be renewed
    /// while one is under way (ADR 0006).
    package static let length = Duration.seconds(180)

    /// The longest a call may take: a batch's deadline.
    package static let longestCall = Duration.seconds(125)
}

/// A worker tried to write under a lease that it no longer holds; nothing was written.
package struct LeaseLost: Error, Equatable, Sendable {
    package init() {}
}
