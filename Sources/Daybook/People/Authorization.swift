// SPDX-License-Identifier: Apache-2.0
package import Foundation
import Synchronization

/// The one place that decides whether an actor may use a verb of the ``Desk``.
package protocol Authorization: Sendable {
    func judge(_ verb: Desk.Verb, by actor: Actor, at now: Date) -> Judgement
}

package enum Judgement: Sendable, Equatable {
    case allowed
    case refused
    /// Password and code must be given again first.
    case needsFreshSignIn
}

/// For a machine where nobody signs in: everybody who reaches Daybook may do everything.
package struct LocalMachine: Authorization {
    package init() {}

    package func judge(_: Desk.Verb, by _: Actor, at _: Date) -> Judgement { .allowed }
}

/// Decides by roles as soon as somebody has signed up; before that, everybody on this machine may do everything.
package final class RoleAuthorization: Authorization {
    private let hasPeople: Mutex<Bool>

    package init(hasPeople: Bool) { self.hasPeople = Mutex(hasPeople) }

    /// From now on roles decide; there is no way back.
    package func somebodySignedUp() { hasPeople.withLock { $0 = true } }

    /// Whether roles decide.
    package var isInForce: Bool { hasPeople.withLock { $0 } }

    package func judge(_ verb: Desk.Verb, by actor: Actor, at now: Date) -> Judgement {
        switch actor {
        case .system, .command: return .allowed
        case .anybody: return isInForce ? .refused : .allowed
        case .key(let principal): return principal.rights.allows(verb) ? .allowed : .refused
        case .person(let principal):
            guard principal.rights.allows(verb) else { return .refused }
            return verb.needsFreshSignIn && !principal.isFresh(at: now) ? .needsFreshSignIn : .allowed
        }
    }
}
