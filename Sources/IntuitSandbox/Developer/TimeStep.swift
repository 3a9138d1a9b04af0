// SPDX-License-Identifier: Apache-2.0

/// How far to turn the clock: a whole number with a unit, such as `101d`.
struct TimeStep: Sendable {
    /// A century at once is enough for anybody.
    private static let longest = 100 * 365 * 86_400
    private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]

    let seconds: Int

    init(_ text: String) throws(SandboxError) {
        guard let last = text.last, let unit = Self.units[last], let count = Int(text.dropLast()), count > 0 else {
            throw SandboxError(
                description: "How far \(text.isEmpty ? "is empty" : "“\(text)” is no length of time"); "
                    + "enter a whole number with s, m, h, d or w, such as 90m or 101d.")
        }
        let (product, isTooFar) = count.multipliedReportingOverflow(by: unit)
        guard !isTooFar, product <= Self.longest else {
            throw SandboxError(description: "“\(text)” is more than 100 years; turn the clock in smaller steps.")
        }
        seconds = product
    }
}
