// SPDX-License-Identifier: Apache-2.0

/// Lengths of time, in words.
enum Spans {
    /// `101 days`, `1 hour`, `12 minutes`: the largest unit that leaves nothing important out.
    static func words(_ seconds: Int) -> String {
        for (unit, length) in [("day", 86_400), ("hour", 3600), ("minute", 60)] where seconds >= length {
            let count = seconds / length
            return count == 1 ? "1 \(unit)" : "\(count) \(unit)s"
        }
        return seconds == 1 ? "1 second" : "\(seconds) seconds"
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
