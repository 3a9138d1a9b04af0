// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// Which warnings people were given about a connection, and which are due now.
///
/// A pure state machine, stored in the same commit as the announcements that are to be sent.
/// Each warning comes once per cause; when its cause is over, an all-clear comes once.
package struct ConnectionWarnings: Sendable, Equatable, Codable {
    /// What people were warned of last and is not over, by subject.
    package private(set) var told: [ConnectionWarning.Subject: ConnectionWarning] = [:]

    package init() {}

    package enum Message: Hashable, Sendable, Codable {
        case warning(ConnectionWarning)
        /// What was warned of is over.
        case allClear(ConnectionWarning)
    }

    /// What a connection is like at a moment.
    package struct Snapshot: Sendable, Equatable {
        package let connection: Connection
        /// When a second user of the same token was last noticed.
        package let secondCopySeen: Date?
        /// Whether exports have been in Error for ``longestInError``.
        package let hasOldErrors: Bool
        package let now: Date

        package init(_ connection: Connection, secondCopySeen: Date? = nil, hasOldErrors: Bool = false, now: Date) {
            self.connection = connection
            self.secondCopySeen = secondCopySeen
            self.hasOldErrors = hasOldErrors
            self.now = now
        }
    }

    /// - Returns: What to tell people now, most urgent first; empty when there is nothing new.
    package mutating func update(_ snapshot: Snapshot) -> [Message] {
        var messages: [Message] = []
        let current = Self.inForce(snapshot)
        let hadTrouble = told[.trouble] != nil
        for subject in [.trouble, .hard, .idle, .notRefreshed, .secondCopy, .exportsInError]
            as [ConnectionWarning.Subject]
        {
            // A break stands for the warnings before it: a warning that came true is not reported as over.
            if subject != .trouble, Self.isCovered(subject, by: current[.trouble]) { continue }
            let before = told[subject]
            let now = current[subject]
            told[subject] = now
            guard before != now else { continue }
            if let now {
                if Self.isWorse(now, than: before) { messages.append(.warning(now)) }
            } else if let before, subject == .trouble || subject == .exportsInError || !hadTrouble {
                messages.append(.allClear(before))
            }
        }
        return messages
    }

    private static func isCovered(_ subject: ConnectionWarning.Subject, by trouble: ConnectionWarning?) -> Bool {
        guard case .trouble(let cause) = trouble else { return false }
        // What is refused stays refused, whatever becomes of the connection.
        return subject == .notRefreshed || (cause.isFinal && subject != .exportsInError)
    }

    /// A clock with more days left than before is not worth a warning; every other change is.
    private static func isWorse(_ warning: ConnectionWarning, than before: ConnectionWarning?) -> Bool {
        switch (warning, before) {
        case (.idle(let days), .idle(let earlier)), (.hard(let days), .hard(let earlier)): days < earlier
        default: true
        }
    }
}

extension ConnectionWarnings {
    /// People are warned of an outage only when it lasts longer than this; most end by themselves.
    package static let patience = Duration.seconds(600)
    /// The daily refresh comes after 22 hours at the latest.
    package static let longestWithoutRefresh = Duration.seconds(26 * 3_600)
    /// A person sees to an error within an hour, or is told of it.
    package static let longestInError = Duration.seconds(3_600)
    /// After a week without another sign a second copy counts as gone.
    package static let secondCopyMemory = Duration.seconds(7 * 86_400)

    private static func inForce(_ snapshot: Snapshot) -> [ConnectionWarning.Subject: ConnectionWarning] {
        var warnings: [ConnectionWarning] = []
        let trouble = snapshot.connection.trouble.flatMap { isDue($0, snapshot.now) ? $0 : nil }
        if let trouble { warnings.append(.trouble(trouble.cause)) }
        if let grant = snapshot.connection.grant, trouble?.isFinal != true {
            let clocks = ConnectionClocks(grant, at: snapshot.now)
            if let level = clocks.idle.level { warnings.append(.idle(days: level)) }
            if let level = clocks.hard?.level { warnings.append(.hard(days: level)) }
            if trouble == nil, snapshot.now.timeIntervalSince(grant.refreshedAt) > longestWithoutRefresh.seconds {
                warnings.append(.notRefreshed)
            }
            if let seen = snapshot.secondCopySeen, snapshot.now.timeIntervalSince(seen) < secondCopyMemory.seconds {
                warnings.append(.secondCopy)
            }
        }
        if snapshot.hasOldErrors { warnings.append(.exportsInError) }
        return Dictionary(warnings.map { ($0.subject, $0) }) { first, _ in first }
    }

    private static func isDue(_ trouble: ConnectionTrouble, _ now: Date) -> Bool {
        !trouble.cause.isOutage || now.timeIntervalSince(trouble.since) > patience.seconds
    }
}
