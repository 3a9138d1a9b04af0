// SPDX-License-Identifier: Apache-2.0

/// How many calls a caller may make: a minute's worth at once, and after that as many as the minute has room for.
///
/// It decides by the monotonic clock, and does no I/O.
package struct CallLimits: Sendable {
    package enum Caller: Hashable, Sendable {
        case key(Int64)
        case person(Int64)
        /// An address, as the server saw it; several people and programs may share one.
        case source(String)

        var shares: Int {
            switch self {
            case .key, .person: 1
            case .source: 2
            }
        }
    }

    /// More callers are not kept in mind; the ones with the most room are forgotten first.
    private static let most = 10_000
    private static let minute = Duration.seconds(60)

    private let perMinute: Int
    /// When a caller's bucket will be full again.
    private var full: [Caller: Duration] = [:]

    /// - Parameter perMinute: For a key or a person, 1 or more; an address may make twice as many.
    package init(perMinute: Int) { self.perMinute = perMinute }

    /// How many callers are kept in mind.
    package var count: Int { full.count }

    /// Takes a call.
    ///
    /// - Returns: How long to wait first, where there was no room and nothing was taken; nil where there was room.
    package mutating func take(_ caller: Caller, at moment: Duration) -> Duration? {
        let one = Self.minute / (perMinute * caller.shares)
        let next = max(full[caller] ?? moment, moment) + one
        let wait = next - moment - Self.minute
        guard wait <= .zero else { return wait }
        full[caller] = next
        if full.count > Self.most { forget(at: moment) }
        return nil
    }

    private mutating func forget(at moment: Duration) {
        full = full.filter { $0.value > moment }
        guard full.count > Self.most else { return }
        for (caller, _) in full.sorted(by: { $0.value < $1.value }).prefix(Self.most / 10) { full[caller] = nil }
    }
}
