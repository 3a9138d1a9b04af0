// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// The codes of authenticator apps: RFC 6238 with SHA-1, six digits and steps of thirty seconds, which is what they all
/// take.
package struct OneTimeCode: Sendable {
    package static let stepLength: TimeInterval = 30

    let mac: any MessageAuthentication

    package init(mac: any MessageAuthentication) { self.mac = mac }

    package static func step(at now: Date) -> Int64 { Int64((now.timeIntervalSince1970 / stepLength).rounded(.down)) }

    /// The code of a step.
    package func code(seed: [UInt8], step: Int64) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (8 * (7 - Int64($0)))) }
        let hash = mac.hmacSHA1(counter, key: seed)
        let offset = Int(hash[hash.count - 1] & 15)
        let number = hash[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let digits = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - digits.count) + digits
    }

    /// The step that a code is of: the expected one, the one before or the next.
    ///
    /// A code of the expected step lets somebody in. The others are told apart from wrong ones, so that the offset of a
    /// device's clock can be learned.
    ///
    /// - Parameter last: The step of the last code that was taken; an older code, or the same again, is none.
    /// - Returns: Nil when the code is of none of them.
    package func step(of code: String, seed: [UInt8], near expected: Int64, after last: Int64) -> Int64? {
        let typed = code.filter { !$0.isWhitespace }
        return [expected, expected - 1, expected + 1].first { step in
            step > last && isSame(self.code(seed: seed, step: step), typed)
        }
    }

    /// Takes as long for a wrong digit in front as for one at the end.
    private func isSame(_ one: String, _ other: String) -> Bool {
        let (one, other) = (Array(one.utf8), Array(other.utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
