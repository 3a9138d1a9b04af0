// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Passwords that are refused because they stand in a list, such as one of passwords that became known.
///
/// A fingerprint of 64 bits is kept of each, without regard to case: a list of a million takes 8 MB. That two passwords have
/// the same one is so rare that nobody will be refused by mistake.
package struct PasswordList: Sendable {
    /// Sorted.
    private let fingerprints: [UInt64]

    /// - Parameter bytes: A password in each line, in UTF-8. Empty lines, those that are too short for a password, and the
    ///   comments of John the Ripper's lists (`#!comment`) don't count.
    package init(lines bytes: [UInt8] = []) {
        let kept = bytes.split { $0 == 0x0A || $0 == 0x0D }
            .filter { $0.count >= PasswordRule.shortest && !$0.starts(with: "#!comment".utf8) }
            .map { Self.fingerprint(String(decoding: $0, as: UTF8.self)) }
        fingerprints = Set(kept).sorted()
    }

    /// How many there are.
    package var count: Int { fingerprints.count }

    package func contains(_ password: String) -> Bool {
        let sought = Self.fingerprint(password)
        var (low, high) = (0, fingerprints.count)
        while low < high {
            let middle = (low + high) / 2
            if fingerprints[middle] < sought { low = middle + 1 } else { high = middle }
        }
        return low < fingerprints.count && fingerprints[low] == sought
    }

    /// FNV-1a of 64 bits.
    private static func fingerprint(_ text: String) -> UInt64 {
        text.precomposedStringWithCanonicalMapping.lowercased().utf8.reduce(0xCBF2_9CE4_8422_2325) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
    }
}
