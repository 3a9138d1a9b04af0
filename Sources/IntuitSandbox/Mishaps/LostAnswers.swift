// SPDX-License-Identifier: Apache-2.0

/// Refreshes to come that will be carried out and whose answers will be lost.
struct LostAnswers: Sendable {
    struct Loss: Sendable {
        /// Only for this company; nil for any.
        var realmID: String?
        /// Only for these keys; nil for any.
        var clientID: String?
        /// How long the connection stays silent before it is cut.
        var silence: Duration
        /// Whether the refresh gives a new refresh token, however young the present one is.
        var rotates: Bool
    }

    private(set) var waiting: [Loss] = []

    mutating func add(_ loss: Loss) { waiting.append(loss) }
    mutating func removeAll() { waiting = [] }

    mutating func take(for grant: Grant) -> Loss? {
        let place = waiting.firstIndex {
            ($0.realmID == nil || $0.realmID == grant.realmID) && ($0.clientID == nil || $0.clientID == grant.clientID)
        }
        return place.map { waiting.remove(at: $0) }
    }
}
