// SPDX-License-Identifier: Apache-2.0

/// What a demo is to show.
struct DemoPlan: Sendable {
    let seed: UInt64
    let days: Int
    /// What QuickBooks does with a repeated requestid while things go wrong; nil: nothing goes wrong.
    let mishaps: String?
    let isThrottled: Bool
    let isQuiet: Bool

    /// The sandbox's longest late commit, and so Daybook's in-flight horizon: 2 s instead of two minutes.
    let horizonSeconds = 2
}
