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
    /// What an actor does, as far as it changes anything.
    package enum Verb: String, CaseIterable, Sendable {
        case record
        case reset, hold, release
        case saveBooks = "save-account-numbers"
        case assignStore = "assign-store"
        case saveApp = "save-keys"
        case connect, paste, confirm, decline, test, disconnect, forget
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

        package var description: String { "\(actor.text) may not \(verb.rawValue)." }
    }

    /// - Throws: ``NotAllowed``; nothing was changed.
    func authorize(_ verb: Verb, _ actor: Actor) throws(NotAllowed) {
        guard authorization.allows(verb, for: actor) else { throw NotAllowed(verb: verb, actor: actor) }
    }
}
