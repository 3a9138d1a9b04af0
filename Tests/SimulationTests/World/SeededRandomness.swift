// SPDX-License-Identifier: Apache-2.0
import Daybook
import Synchronization

/// The core's randomness, seeded, so that request ids and export ids are the same in a replay.
final class SeededRandomness: Randomness {
    private let generator: Mutex<SeededGenerator>

    init(seed: UInt64) { generator = Mutex(SeededGenerator(seed: seed)) }

    func bytes(_ count: Int) -> [UInt8] {
        generator.withLock { generator in
            (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        }
    }
}

extension SeededGenerator {
    /// True that often, from 0 to 1.
    mutating func happens(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &self) < share }
}
