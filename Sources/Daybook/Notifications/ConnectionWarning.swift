// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What people are warned of before a connection breaks, or when it does.
package enum ConnectionWarning: Hashable, Sendable, Codable {
    /// The idle clock has at most so many days left: 30, 14, 7 or 1.
    case idle(days: Int)
    /// The hard clock has at most so many days left: 90, 30, 14, 7 or 1.
    case hard(days: Int)
    /// The connection can't be used.
    case trouble(ConnectionTrouble.Cause)
    /// No refresh has succeeded for 26 hours, and no trouble explains it.
    case notRefreshed
    /// Another program seems to use the same token.
    case secondCopy
    /// Exports have been in Error for an hour, and wait for a person.
    case exportsInError

    /// What a warning is about; of each subject one warning is in force at a time.
    package enum Subject: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
        case idle, hard, trouble, notRefreshed, secondCopy, exportsInError
    }

    package var subject: Subject {
        switch self {
        case .idle: .idle
        case .hard: .hard
        case .trouble: .trouble
        case .notRefreshed: .notRefreshed
        case .secondCopy: .secondCopy
        case .exportsInError: .exportsInError
        }
    }

    /// For the bookkeeper: what is wrong, and what to do.
    package var explanation: String {
        switch self {
        case .idle(let days):
            """
            The connection to QuickBooks was not used for a long time and ends within \(Self.text(days)) unless it is \
            used. Let Daybook run with access to the internet; it then renews the connection by itself.
            """
        case .hard(let days):
            """
            QuickBooks asks for a new consent every five years, and the present one ends within \(Self.text(days)). \
            Press Connect to QuickBooks before then; nothing is interrupted.
            """
        case .trouble(let cause): ConnectionTrouble(cause: cause, since: .distantPast).explanation
        case .notRefreshed:
            """
            The connection to QuickBooks has not been renewed for more than 26 hours. Check that Daybook reaches the \
            internet, and press Test connection.
            """
        case .secondCopy:
            """
            Another program seems to use the same refresh token: a test copy of Daybook, an older server or Intuit's \
            Playground. The program that renews it first locks the other out. Stop the other program, or press Connect \
            to QuickBooks in one of the two so that each has a connection of its own.
            """
        case .exportsInError:
            """
            Exports have been in Error for more than an hour and do not go to QuickBooks by themselves. Open the \
            export queue, choose Error, and read what is wrong with each.
            """
        }
    }

    private static func text(_ days: Int) -> String { days == 1 ? "one day" : "\(days) days" }
}
