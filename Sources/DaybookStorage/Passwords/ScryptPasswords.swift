// SPDX-License-Identifier: Apache-2.0
package import Daybook
import Dispatch
import Foundation

/// Passwords hashed with scrypt, two at once at most: each takes 128 MiB and half a second of a processor.
///
/// Computes on a queue of its own, so that nothing else of the server waits for it.
package struct ScryptPasswords: Passwords {
    private let cost: ScryptCost
    private let randomness: any Randomness
    private let turns: Turns
    private let queue = DispatchQueue(label: "daybook.passwords", qos: .userInitiated, attributes: .concurrent)

    /// - Parameter cost: Of new hashes; an old one is checked with the cost that it was made with.
    package init(cost: ScryptCost = .usual, randomness: any Randomness = SystemRandomness()) {
        self.init(cost: cost, randomness: randomness, turns: Turns(atOnce: 2))
    }

    init(cost: ScryptCost, randomness: any Randomness, turns: Turns) {
        self.cost = cost
        self.randomness = randomness
        self.turns = turns
    }

    package func hash(_ password: Secret) async throws -> PasswordHash {
        let salt = randomness.bytes(16)
        let key = try await derive(from: password, cost: cost, salt: salt, count: 32)
        return ScryptText(cost: cost, salt: salt, key: key).hash
    }

    package func matches(_ password: Secret, _ hash: PasswordHash?) async throws -> Bool {
        let known = hash.flatMap(ScryptText.init)
        let compared = known ?? nobodys
        let key = try await derive(from: password, cost: compared.cost, salt: compared.salt, count: compared.key.count)
        return Self.isSame(key, compared.key) && known != nil
    }

    package func isOutdated(_ hash: PasswordHash) -> Bool {
        ScryptText(hash)?.cost.isLess(than: cost) ?? true
    }

    /// The hash that a password is compared with when there is no other, so that the answer takes as long.
    private var nobodys: ScryptText {
        ScryptText(cost: cost, salt: Array(repeating: 0, count: 16), key: Array(repeating: 0, count: 32))
    }

    private func derive(from password: Secret, cost: ScryptCost, salt: [UInt8], count: Int) async throws -> [UInt8] {
        // One keyboard composes a letter, another sends it whole; both give the same bytes.
        let bytes = Array(password.reveal().precomposedStringWithCanonicalMapping.utf8)
        return try await turns.take {
            try await withCheckedThrowingContinuation { continuation in
                queue.async {
                    continuation.resume(with: Result { try cost.key(bytes, salt: salt, count: count) })
                }
            }
        }
    }

    /// Takes equally long wherever the two differ.
    private static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
