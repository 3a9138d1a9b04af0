// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A notifier as the API gives it.
struct NotifierRow: Decodable, Sendable {
    let id: Int64
    let kind: String
    let address: String

    init(_ notifier: Notifier) {
        id = notifier.id.value
        kind = notifier.target.kind.rawValue
        address = notifier.target.shown
    }

    var line: String { "\(id)  \(kind)  \(address)" }

    /// What is lost when it is removed.
    var loss: String {
        kind == Notifier.Kind.webhook.rawValue
            ? "Its signing secret is erased; when it is added again, it gets another."
            : "Nothing more is sent to it, not even deliveries that wait now."
    }
}

/// A notifier just added, with a webhook's secret.
struct AddedRow: Decodable, Sendable {
    let notifier: NotifierRow
    let secret: String?
    /// Of the trial mail that a mailbox gets.
    let trial: TrialRow?
}

/// The result of a trial.
struct TrialRow: Decodable, Sendable {
    let delivered: Bool
    let reason: String?
    let words: String?

    init(_ outcome: DeliveryOutcome) {
        switch outcome {
        case .delivered: (delivered, reason, words) = (true, nil, nil)
        case .failed(let failure): (delivered, reason, words) = (false, failure.reason, failure.words)
        }
    }

    var line: String {
        delivered ? "delivered" : [reason, words].compactMap(\.self).joined(separator: " ")
    }
}

/// A line of the delivery log with its attempts.
struct DeliveryRow: Decodable, Sendable {
    struct Attempt: Decodable, Sendable {
        let at: Date
        let delivered: Bool
        let reason: String?
        let words: String?

        init(_ attempt: Delivery.Attempt) {
            let trial = TrialRow(attempt.outcome)
            at = attempt.at
            (delivered, reason, words) = (trial.delivered, trial.reason, trial.words)
        }

        var line: String {
            let how = delivered ? "delivered" : [reason, words].compactMap(\.self).joined(separator: " ")
            return "    \(at.ISO8601Format())  \(how)"
        }
    }

    let id: String
    let kind: String
    let address: String
    let title: String
    let at: Date
    let state: String
    let nextAttempt: Date?
    let attempts: [Attempt]

    init(_ delivery: Delivery) {
        id = delivery.id.text
        kind = delivery.kind.rawValue
        address = delivery.address
        title = delivery.announcement.title
        at = delivery.announcement.at
        state = delivery.state.rawValue
        nextAttempt = delivery.nextAttempt
        attempts = delivery.attempts.map(Attempt.init)
    }

    var lines: [String] {
        let next = nextAttempt.map { ", next try \($0.ISO8601Format())" } ?? ""
        return ["\(at.ISO8601Format())  \(address)  \(state)\(next)  \(title)"] + attempts.map(\.line)
    }
}
