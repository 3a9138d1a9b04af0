// SPDX-License-Identifier: Apache-2.0

/// SplitMix64: the same numbers from the same seed, on every machine and with every compiler.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

// These don't use the standard library's `random(in:using:)`, which may draw differently in its next version.
extension SeededGenerator {
    /// A whole number of the range; each is about as likely as any other.
    mutating func number(_ range: ClosedRange<Int>) -> Int {
        let width = UInt64(range.upperBound - range.lowerBound) + 1
        return range.lowerBound + Int(next().multipliedFullWidth(by: width).high)
    }

    /// True about `percent` times in a hundred.
    mutating func happens(_ percent: Int) -> Bool { number(1...100) <= percent }

    /// - Parameter choices: At least one.
    mutating func pick<Choice>(_ choices: [Choice]) -> Choice { choices[number(0...choices.count - 1)] }
}
