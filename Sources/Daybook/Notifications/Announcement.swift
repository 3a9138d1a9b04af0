// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A message to people about a connection: a warning, its end, or a test of the notifications.
///
/// Title and text hold no names, secrets or tokens; the company, which is the business's own, is a field of its own
/// for e-mails.
package struct Announcement: Sendable, Equatable {
    package struct ID: Hashable, Sendable {
        package let text: String
        package init(_ text: String) { self.text = text }
    }

    package enum Kind: String, Sendable, CaseIterable {
        case warning
        case allClear = "all-clear"
        case test
    }

    package let id: ID
    package let kind: Kind
    /// Nil for a test.
    package let connection: Connection.ID?
    package let company: Company?
    /// What it is about; nil for a test.
    package let subject: ConnectionWarning.Subject?
    /// For programs: the days left on a clock; nil for every other subject.
    package let days: Int?
    package let cause: ConnectionTrouble.Cause?
    package let title: String
    package let text: String
    package let at: Date

    package init(
        id: ID, kind: Kind, connection: Connection.ID? = nil, company: Company? = nil,
        subject: ConnectionWarning.Subject? = nil, days: Int? = nil, cause: ConnectionTrouble.Cause? = nil,
        title: String, text: String, at: Date
    ) {
        self.id = id
        self.kind = kind
        self.connection = connection
        self.company = company
        self.subject = subject
        self.days = days
        self.cause = cause
        self.title = title
        self.text = text
        self.at = at
    }
}

extension Announcement {
    /// What to tell about a connection.
    package init(_ message: ConnectionWarnings.Message, of connection: Connection, id: ID, at: Date) {
        let warning = message.warning
        let isOver = message.isAllClear
        self.init(
            id: id, kind: isOver ? .allClear : .warning, connection: connection.id, company: connection.company,
            subject: warning.subject, days: warning.days, cause: warning.cause,
            title: isOver ? warning.titleWhenOver(isConnected: connection.grant != nil) : warning.title,
            text: isOver ? warning.explanationWhenOver(isConnected: connection.grant != nil) : warning.told, at: at)
    }

    /// A test, so that a person can see it arrive.
    package static func test(id: ID, at: Date) -> Announcement {
        Announcement(
            id: id, kind: .test, title: "A test of Daybook's notifications",
            text: "Somebody asked Daybook to try this notification. It arrived; nothing needs doing.", at: at)
    }
}

extension ConnectionWarnings.Message {
    var warning: ConnectionWarning {
        switch self {
        case .warning(let warning), .allClear(let warning): warning
        }
    }

    var isAllClear: Bool {
        if case .allClear = self { true } else { false }
    }
}
