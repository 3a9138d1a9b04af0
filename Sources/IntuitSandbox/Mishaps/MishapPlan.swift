// SPDX-License-Identifier: Apache-2.0

/// Decides, call by call, what goes wrong.
struct MishapPlan: Sendable {
    private struct Scripted: Sendable {
        var mishap: SandboxMishap
        var route: SandboxRoute?
        var remaining: Int
    }

    private(set) var settings = SandboxMishapSettings()
    private var random: SeededRandom
    private var scripted: [Scripted] = []
    private let ownSeed: UInt64

    init(seed: UInt64) {
        ownSeed = seed
        random = SeededRandom(seed: seed)
    }

    mutating func replace(with settings: SandboxMishapSettings) {
        self.settings = settings
        scripted = []
        random = SeededRandom(seed: settings.seed ?? ownSeed)
    }

    mutating func script(_ mishap: SandboxMishap, count: Int, route: SandboxRoute?) {
        scripted.append(Scripted(mishap: mishap, route: route, remaining: count))
    }

    /// The mishap of the next call of this kind; nil for none.
    ///
    /// Scripted mishaps come first, in the order they were asked for.
    mutating func draw(_ route: SandboxRoute) -> SandboxMishap? {
        if let index = scripted.firstIndex(where: { $0.route == nil || $0.route == route }) {
            let mishap = scripted[index].mishap
            scripted[index].remaining -= 1
            if scripted[index].remaining == 0 { scripted.remove(at: index) }
            return mishap
        }
        let rates = rates(for: route)
        guard !rates.isEmpty else { return nil }
        let drawn = random.fraction()
        var reached = 0.0
        for mishap in SandboxMishap.allCases {
            reached += rates[mishap] ?? 0
            if drawn < reached { return mishap }
        }
        return nil
    }

    private func rates(for route: SandboxRoute) -> [SandboxMishap: Double] {
        if route == .token, let own = settings.tokenRates { return own }
        return settings.routes.contains(route) ? settings.rates : [:]
    }

    /// More than zero, and at most the longest.
    mutating func delay(upTo longest: Duration) -> Duration {
        .microseconds(Int64((1 - random.fraction()) * Double(longest.microseconds)))
    }

    /// Where to cut a body: never after its last byte.
    mutating func cut(_ count: Int) -> Int { Int(random.fraction() * Double(count)) }
}
