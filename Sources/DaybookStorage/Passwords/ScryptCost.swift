// SPDX-License-Identifier: Apache-2.0
import Crypto
import CryptoExtras
import Foundation

/// What one try of a password costs: scrypt (RFC 7914) with 2 to the power of ``doublings`` rounds.
///
/// Memory is 128 bytes × rounds × block size: 128 MiB for ``usual``.
package struct ScryptCost: Hashable, Sendable {
    /// N is 2 to the power of this; 1 to 20.
    package let doublings: Int
    /// What RFC 7914 calls r.
    package let blockSize: Int
    /// What RFC 7914 calls p.
    package let parallelism: Int

    package init(doublings: Int, blockSize: Int = 8, parallelism: Int = 1) {
        self.doublings = doublings
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// What OWASP recommends, about half a second on a small machine.
    package static let usual = ScryptCost(doublings: 17)

    func isLess(than other: ScryptCost) -> Bool {
        doublings < other.doublings || blockSize < other.blockSize || parallelism < other.parallelism
    }

    /// - Throws: swift-crypto's error when the settings make no sense or there is too little memory.
    func key(_ password: [UInt8], salt: [UInt8], count: Int) throws -> [UInt8] {
        try KDF.Scrypt.deriveKey(
            from: password, salt: salt, outputByteCount: count, rounds: 1 << doublings, blockSize: blockSize,
            parallelism: parallelism
        ).withUnsafeBytes { Array($0) }
    }
}
