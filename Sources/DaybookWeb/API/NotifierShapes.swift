// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// A notifier to be added.
struct NotifierBody: Decodable {
    let form: Notifiers.Form

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case kind, address
    }

    init(from decoder: any Decoder) throws {
        let members = try decoder.knownMembers(CodingKeys.self)
        let text = try members.decode(String.self, forKey: .kind)
        guard let kind = Notifier.Kind(rawValue: text) else {
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: members, debugDescription: "write email or webhook")
        }
        form = Notifiers.Form(kind: kind, address: try members.decode(String.self, forKey: .address))
    }
}

struct NotifierShape: Encodable {
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
}

struct AddedShape: Encodable {
    let notifier: NotifierShape
    /// The signing secret of a webhook; no later answer has it.
    let secret: String?
    /// What became of a mailbox' trial mail; absent for a webhook.
    let trial: TrialShape?

    init(_ added: Notifiers.Added) {
        notifier = NotifierShape(added.notifier)
        secret = added.secret?.reveal()
        trial = added.trial.map(TrialShape.init)
    }
}

struct TrialShape: Encodable {
    let delivered: Bool
    let reason: String?
    let words: String?

    init(_ outcome: DeliveryOutcome) {
        switch outcome {
        case .delivered: (delivered, reason, words) = (true, nil, nil)
        case .failed(let failure): (delivered, reason, words) = (false, failure.reason, failure.words)
        }
    }
}

struct DeliveryShape: Encodable {
    struct AttemptShape: Encodable {
        let at: Date
        let delivered: Bool
        let reason: String?
        let words: String?

        init(_ attempt: Delivery.Attempt) {
            let outcome = TrialShape(attempt.outcome)
            at = attempt.at
            (delivered, reason, words) = (outcome.delivered, outcome.reason, outcome.words)
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
    let attempts: [AttemptShape]

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
        attempts = delivery.attempts.map(AttemptShape.init)
    }
}
