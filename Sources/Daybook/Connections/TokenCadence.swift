// SPDX-License-Identifier: Apache-2.0
import Foundation

/// When to refresh.
///
/// Pure.
enum TokenCadence {
    /// A token this close to its end is not started on: a batch may take two minutes.
    private static let margin: TimeInterval = 150

    /// Whether the access token has so much of its life left that nobody needs to refresh: 60 % is past
    /// after 36 of 60 minutes.
    static func isFresh(_ grant: Grant, now: Date) -> Bool {
        let life = grant.accessExpiresAt.timeIntervalSince(grant.refreshedAt)
        return now < grant.refreshedAt.addingTimeInterval(life * 0.6) && isUsable(grant, now: now)
    }

    /// Whether a call may still be made with it.
    static func isUsable(_ grant: Grant, now: Date) -> Bool {
        now < grant.accessExpiresAt.addingTimeInterval(-margin)
    }

    /// Daily even with no traffic: within 20 to 22 hours, spread by the connection so that not all come at once.
    static func nextIdleRefresh(after grant: Grant) -> Date {
        let spread = Double(grant.generation % 13) * 600
        return grant.refreshedAt.addingTimeInterval(20 * 3600 + spread)
    }

    /// At once, then after 2, 6 and 12 seconds, then ever slower up to five minutes.
    static func retryDelay(failures: Int) -> Duration {
        switch failures {
        case ...1: .seconds(0)
        case 2: .seconds(2)
        case 3: .seconds(6)
        case 4: .seconds(12)
        case 5: .seconds(30)
        case 6: .seconds(60)
        default: .seconds(300)
        }
    }
}
