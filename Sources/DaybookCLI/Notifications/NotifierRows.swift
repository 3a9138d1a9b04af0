// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A notifier as the API gives it.
struct NotifierRow: Codable, Sendable {
    let id: Int64
    let kind: String
    let address: String
    let addedAt: Date
    let addedBy: String

    init(_ notifier: Notifier) {
        id = notifier.id.value
        kind = notifier.target.kind.rawValue
        address = notifier.target.shown
        addedAt = notifier.addedAt
        addedBy = notifier.addedBy
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
struct AddedRow: Codable, Sendable {
    let notifier: NotifierRow
    let secret: String?
    /// How the trial mail went that a mailbox gets; nil for a webhook.
    let trial: TrialRow?
}

/// The result of a trial.
struct TrialRow: Codable, Sendable {
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

/// The result of a trial, with the notifier that it was sent to.
struct NotifierTrialRow: Encodable, Sendable {
    let notifier: Int64
    let delivered: Bool
    let reason: String?
    let words: String?

    init(_ notifier: Int64, _ trial: TrialRow) {
        self.notifier = notifier
        (delivered, reason, words) = (trial.delivered, trial.reason, trial.words)
    }
}

/// A line of the delivery log with its attempts.
struct DeliveryRow: Codable, Sendable {
    struct Attempt: Codable, Sendable {
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
    let notifier: Int64
    let kind: String
    let address: String
    let type: String
    let connection: Int64?
    let subject: String?
    let title: String
    let at: Date
    let state: String
    let nextAttempt: Date?
    let attempts: [Attempt]

    init(_ delivery: Delivery) {
        id = delivery.id.text
        notifier = delivery.notifier.value
        kind = delivery.kind.rawValue
        address = delivery.address
        type = delivery.announcement.kind.rawValue
        connection = delivery.announcement.connection?.value
        subject = delivery.announcement.subject?.rawValue
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
