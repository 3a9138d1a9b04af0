// SPDX-License-Identifier: Apache-2.0

/// Work that has just come up, for the loops that wait for it.
package enum Work: Sendable, Hashable {
    /// One company's exports or its connection.
    case company(Connection.ID)
    /// Exports whose companies the verb does not know, or of several.
    case everyCompany
    /// Deliveries to the people who are told of warnings.
    case notifications
}

/// Wakes the loops that wait for work, as a port: the verbs that cause work call it, so that it begins at once.
package protocol Waking: Sendable {
    /// To be called once the work can be read from the storage.
    func wake(_ work: Work)
}

/// For commands that only write, and for tests that step by themselves: nothing waits there.
package struct NothingWaits: Waking {
    package init() {}

    package func wake(_: Work) {}
}
