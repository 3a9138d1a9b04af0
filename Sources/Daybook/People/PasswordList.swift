// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// Passwords that are refused because they stand in a list, such as one of passwords that became known.
///
/// A fingerprint of 64 bits is kept of each, without regard to case: a list of a million takes 8 MB. That two passwords
/// have the same fingerprint is so rare that nobody will be refused by mistake.
package struct PasswordList: Sendable {
    /// ASVS 5.0.0, 6.2.4 asks for at least so many of the most common passwords that have eight or more characters.
    package static let least = 3_000

    /// Sorted.
    private var fingerprints: [UInt64] { kept.fingerprints }
    private let kept: Kept

    /// - Parameter bytes: A password in each line, in UTF-8. Empty lines, those that are too short for a password, and
    ///   the comments of John the Ripper's lists (`#!comment`) don't count. The frequency lists of the Python package
    ///   zxcvbn are taken as they are: names of lists, each with its words between commas.
    package init(lines bytes: [UInt8] = []) {
        let head = bytes.prefix(500).split(separator: 0x0A)
        let isFrequencyLists = head.contains { $0.starts(with: "FREQUENCY_LISTS".utf8) }
        let separators: Set<UInt8> = isFrequencyLists ? [0x0A, 0x0D, 0x22, 0x2C] : [0x0A, 0x0D]
        let kept = bytes.split { separators.contains($0) }
            .filter { $0.count >= PasswordRule.shortest && !$0.starts(with: "#!comment".utf8) }
            .map { Self.fingerprint($0) }
        let fingerprints = Set(kept).sorted()
        self.kept = Kept { fingerprints }
    }

    /// - Parameter read: Is called once, when a password is first looked for: most commands never look for one.
    package init(whenAsked read: @escaping @Sendable () -> PasswordList) {
        kept = Kept { read().fingerprints }
    }

    /// How many there are.
    package var count: Int { fingerprints.count }

    package func contains(_ password: String) -> Bool {
        let sought = Self.fingerprint(Array(password.utf8))
        var (low, high) = (0, fingerprints.count)
        while low < high {
            let middle = (low + high) / 2
            if fingerprints[middle] < sought { low = middle + 1 } else { high = middle }
        }
        return low < fingerprints.count && fingerprints[low] == sought
    }

    private static func fingerprint(_ bytes: some Collection<UInt8>) -> UInt64 {
        // Nearly all are ASCII, which needs no composing: a long list is read at each start.
        if bytes.allSatisfy({ $0 < 0x80 }) {
            return hash(bytes.lazy.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 })
        }
        return hash(String(decoding: bytes, as: UTF8.self).precomposedStringWithCanonicalMapping.lowercased().utf8)
    }

    /// FNV-1a of 64 bits.
    private static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    private final class Kept: Sendable {
        private let made = Mutex<[UInt64]?>(nil)
        private let make: @Sendable () -> [UInt64]

        init(_ make: @escaping @Sendable () -> [UInt64]) { self.make = make }

        var fingerprints: [UInt64] {
            made.withLock { made in
                let found = made ?? make()
                made = found
                return found
            }
        }
    }
}
