// SPDX-License-Identifier: Apache-2.0

/// The one place that decides whether an actor may use a verb of the ``Desk``.
package protocol Authorization: Sendable {
    func allows(_ verb: Desk.Verb, for actor: Actor) -> Bool
}

/// Until there is sign-in: everybody who reaches Daybook uses this machine, and may do everything.
package struct LocalMachine: Authorization {
    package init() {}

    package func allows(_: Desk.Verb, for _: Actor) -> Bool { true }
}

extension Desk {
    /// What an actor can do that changes something.
    package enum Verb: String, CaseIterable, Sendable {
        case record
        case reset, hold, release
        case saveBooks = "save-account-numbers"
        case assignStore = "assign-store"
        case saveApp = "save-keys"
        case connect, paste, confirm, decline, test, disconnect, forget
        case resumePosting = "resume-posting"
        case saveNotifier = "save-notifier"
        case deleteNotifier = "delete-notifier"
        case testNotifier = "test-notifier"
    }

    /// An actor may not use a verb.
    package struct NotAllowed: Error, Equatable, Sendable, CustomStringConvertible {
        package let verb: Verb
        package let actor: Actor

        package init(verb: Verb, actor: Actor) {
            self.verb = verb
            self.actor = actor
        }

        package var description: String { "\(actor.text) may not \(verb.words)." }
    }
}

extension Desk.Verb {
    /// What a person may not do, as the end of a sentence.
    var words: String {
        switch self {
        case .record: "send transactions"
        case .reset: "reset exports"
        case .hold: "put exports on hold"
        case .release: "release exports"
        case .saveBooks: "change account numbers and stores"
        case .assignStore: "choose the company of a store"
        case .saveApp: "change an app's keys"
        case .connect: "connect a company"
        case .paste: "paste a refresh token"
        case .confirm: "confirm a company"
        case .decline: "decline a company"
        case .test: "test a connection"
        case .disconnect: "disconnect a company"
        case .forget: "forget a connection"
        case .resumePosting: "let posting go on"
        case .saveNotifier: "add a notifier"
        case .deleteNotifier: "remove a notifier"
        case .testNotifier: "send a test to a notifier"
        }
    }
}
