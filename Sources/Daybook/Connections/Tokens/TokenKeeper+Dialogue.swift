// SPDX-License-Identifier: Apache-2.0

/// The outcome of one of the lifecycle's actions.
enum ActionOutcome<Event: Sendable, End: Sendable>: Sendable {
    /// Done; the next action of the list follows.
    case done
    case happened(Event)
    case finished(End)
}

extension TokenKeeper {
    /// A dialogue with the lifecycle: an action's outcome is the next event, until the end.
    ///
    /// To be called under the connection's lock. An action that answers with an event is the last of its list.
    ///
    /// - Throws: What `perform` throws. The next request begins a new dialogue.
    func converse<Event, Action, End>(
        _ wish: Event, on connection: Connection.ID,
        apply: (inout TokenLifecycle, Event, TokenMoment) -> [Action],
        perform: (Action) async throws -> ActionOutcome<Event, End>
    ) async throws -> End {
        var event = wish
        while true {
            let moment = TokenMoment(clock.now, isStopping: isStopping)
            let happened = event
            for action in update(connection, { apply(&$0, happened, moment) }) {
                switch try await perform(action) {
                case .done: continue
                case .happened(let next): event = next
                case .finished(let end): return end
                }
            }
        }
    }
}
