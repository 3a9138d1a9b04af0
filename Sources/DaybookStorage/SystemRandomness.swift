// SPDX-License-Identifier: Apache-2.0
import Daybook

/// The system's generator, which is good enough for keys on every platform that Daybook runs on.
package struct SystemRandomness: Randomness {
    package init() {}

    package func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }
}
