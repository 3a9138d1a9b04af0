// SPDX-License-Identifier: Apache-2.0
import IntuitSandbox

/// How Intuit is out of order, and for how long.
struct Outage: Sendable, Hashable {
    enum Kind: String, CaseIterable, Sendable {
        case down = "5xx"
        case webPage = "HTML with 200"
        case garbage
        /// Nothing is carried out, and the connection is cut or silent until the deadline.
        case silence
        case tooLarge = "413"
    }

    enum Length: String, CaseIterable, Sendable {
        case fiveMinutes = "5 minutes"
        case anHour = "1 hour"
        case twoDays = "2 days"

        var duration: Duration {
            switch self {
            case .fiveMinutes: .seconds(300)
            case .anHour: .seconds(3_600)
            case .twoDays: .seconds(2 * 86_400)
            }
        }
    }

    let kind: Kind
    let length: Length
    /// Whether the token endpoint is out of order as well; it has no body to be too large.
    let isEverywhere: Bool

    /// The kinds take turns, and then the lengths, and then the places.
    init(seed: UInt64) {
        isEverywhere = seed / UInt64(Kind.allCases.count * Length.allCases.count) % 2 == 1
        let index = Int(seed % UInt64(Kind.allCases.count * Length.allCases.count))
        kind = Kind.allCases[index % Kind.allCases.count]
        length = Length.allCases[index / Kind.allCases.count]
    }

    func begin(in world: World, mishaps: SandboxMishapSettings) throws {
        for verb in verbs {
            try world.sandbox.breakConnection(verb, SandboxBreakingTarget(seconds: length.duration))
        }
        guard kind == .silence else { return }
        var silent = mishaps
        silent.rates = [.droppedBeforeCommit: 1]
        if isEverywhere { silent.routes.insert(.token) }
        try world.sandbox.setMishaps(silent)
    }

    private var verbs: [SandboxBreakage] {
        let verbs: [SandboxBreakage] =
            switch kind {
            case .down: [.apiDown, .tokenDown]
            case .webPage: [.apiHTML, .tokenHTML]
            case .garbage: [.apiGarbage, .tokenGarbage]
            case .tooLarge: [.apiTooLarge]
            case .silence: []
            }
        return isEverywhere ? verbs : Array(verbs.prefix(1))
    }

    /// Most end by themselves, by the clock.
    func end(in world: World, mishaps: SandboxMishapSettings) throws { try world.sandbox.setMishaps(mishaps) }
}
