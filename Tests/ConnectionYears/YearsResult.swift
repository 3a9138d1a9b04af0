// SPDX-License-Identifier: Apache-2.0
package import Daybook
package import Foundation

/// How a connection fared through the years.
package struct YearsResult: Sendable {
    /// A connection that ended, as the bookkeeper saw it.
    package struct Death: Sendable {
        package let at: Date
        package let cause: ConnectionTrouble.Cause
        /// From Intuit's first refusal until the connection's page said so.
        package let shownAfter: TimeInterval
        /// Whether a new refresh token was lost between Intuit's commit and our disk, and was the last there was.
        package let wasLost: Bool
        /// Whether the five years were over.
        package let isHardLimit: Bool
    }

    package let plan: YearsPlan
    package internal(set) var deaths: [Death] = []
    /// Times somebody had to press **Connect to QuickBooks**, the first time included.
    package internal(set) var consents = 0
    /// Transactions that came in, and documents that stand in QuickBooks.
    package internal(set) var taken = 0
    package internal(set) var transactions = 0
    /// Days whose transaction had to wait for the next.
    package internal(set) var late = 0
    package internal(set) var tokenCalls = 0
    package internal(set) var rotations = 0
    package internal(set) var answersLost = 0
    package internal(set) var rotationsLost = 0
    /// The most token calls that were under way at once.
    package internal(set) var mostAtOnce = 0
    /// The most token calls within any minute.
    package internal(set) var mostInAMinute = 0
    package internal(set) var restarts = 0

    init(_ plan: YearsPlan) { self.plan = plan }

    /// Deaths before the five years were over.
    package var early: [Death] { deaths.filter { !$0.isHardLimit } }

    /// What must not be, in words; empty when all is well.
    package var complaints: [String] {
        var complaints: [String] = []
        if plan.overlap > 0, let death = early.first {
            complaints.append("dead on \(death.at) of \(death.cause.rawValue) although the server forgives")
        }
        for death in early where !death.wasLost {
            complaints.append("dead on \(death.at) of \(death.cause.rawValue) although nothing was lost")
        }
        for death in early where ![.answerLost, .grantRefused].contains(death.cause) {
            complaints.append("dead on \(death.at), and \(death.cause.rawValue) says more than is known")
        }
        for death in deaths where death.shownAfter > 60 {
            complaints.append("the death of \(death.at) was shown after \(Int(death.shownAfter)) seconds")
        }
        if mostAtOnce > 1 { complaints.append("\(mostAtOnce) token calls were under way at once") }
        if mostInAMinute > 12 { complaints.append("\(mostInAMinute) token calls within a minute") }
        if consents != 1 + deaths.count { complaints.append("\(consents) consents for \(deaths.count) deaths") }
        if taken < plan.years * 260 { complaints.append("only \(taken) transactions came in") }
        if transactions != taken { complaints.append("\(taken) transactions, \(transactions) documents") }
        if early.isEmpty, deaths.map(\.cause) != [.hardExpired] {
            complaints.append("five years did not end with the hard limit, but with \(deaths.map(\.cause))")
        }
        return complaints
    }

    package var replay: String { "make simulate ARGS=seed=\(plan.seed)" }
}
