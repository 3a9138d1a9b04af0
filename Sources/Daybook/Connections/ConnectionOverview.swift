// SPDX-License-Identifier: Apache-2.0

/// What every page shows of a connection.
package struct ConnectionOverview: Sendable {
    package let connection: Connection
    /// The app whose stored keys it uses; nil while there are none.
    package let app: App.Key?
    /// Whether any store posts to it; a connection that is not needed yet causes no banner.
    package let isNeeded: Bool
    /// What people are warned of now, most urgent first.
    package let warnings: [ConnectionWarning]
    /// Exports that can't go out before it works.
    package let waiting: Int
    /// Set while the database counts as a restored copy, so that documents are looked up before they are sent.
    package let restoredCopy: RestoredCopy?
    /// Why nothing is posted to the company any more; nil when posting goes on.
    package let postingStop: PostingStop?
    /// Set while requests to the company get no certain answer.
    package let unansweredPosting: UnansweredPosting?

    package init(
        connection: Connection, app: App.Key?, isNeeded: Bool, warnings: [ConnectionWarning] = [], waiting: Int = 0,
        restoredCopy: RestoredCopy? = nil, postingStop: PostingStop? = nil,
        unansweredPosting: UnansweredPosting? = nil
    ) {
        self.connection = connection
        self.app = app
        self.isNeeded = isNeeded
        self.warnings = warnings
        self.waiting = waiting
        self.restoredCopy = restoredCopy
        self.postingStop = postingStop
        self.unansweredPosting = unansweredPosting
    }

    package var id: Connection.ID { connection.id }

    package var status: Connection.Status { connection.status }

    /// Whether a person can consent to it: the keys of its app are stored.
    package var hasKeys: Bool { app != nil }

    /// Whether Pending exports can't go out until something changes.
    package var holdsExports: Bool { connection.holdsExports }

    /// The company's name, or the connection's number while it has no company.
    package var title: String { connection.company?.name ?? "Connection \(connection.id.value)" }
}
