// SPDX-License-Identifier: Apache-2.0
import Daybook

extension ReceivedFile {
    /// A file may hold transactions of any store, so somebody of certain stores sees only files of her own.
    func isVisible(to actor: Actor) -> Bool {
        if actor.seesEveryStore { return true }
        // Names of keys, people and parts of Daybook may be the same.
        return switch actor {
        case .person: way == .page && receivedBy == actor.text
        case .key: way == .api && receivedBy == actor.text
        case .system, .command, .anybody: true
        }
    }
}

extension Actor {
    var seesEveryStore: Bool { rights.map { $0.places(for: .see) == nil } ?? true }
}
