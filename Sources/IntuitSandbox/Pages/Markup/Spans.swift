// SPDX-License-Identifier: Apache-2.0

/// Lengths of time, in words.
enum Spans {
    private static let units = [("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)]

    /// `101 days`, `100 days 23 hours`, `12 minutes`: the largest unit, and the next one if it isn't zero.
    static func words(_ seconds: Int) -> String {
        guard let first = units.firstIndex(where: { seconds >= $0.1 }) else { return "0 seconds" }
        var parts = [counted(seconds / units[first].1, units[first].0)]
        if first + 1 < units.count {
            let rest = seconds % units[first].1 / units[first + 1].1
            if rest > 0 { parts.append(counted(rest, units[first + 1].0)) }
        }
        return parts.joined(separator: " ")
    }

    private static func counted(_ count: Int, _ unit: String) -> String {
        count == 1 ? "1 \(unit)" : "\(count) \(unit)s"
    }
}

extension SandboxEnvironment {
    /// What the keys of this environment are called.
    var keyWord: String { self == .production ? "Production" : "Development" }
}

extension Scopes {
    /// The scopes the developer's side offers, the one that bookkeeping needs at the top.
    static let offered = [accounting, payment] + ["openid", "profile", "email", "phone", "address"]
}
