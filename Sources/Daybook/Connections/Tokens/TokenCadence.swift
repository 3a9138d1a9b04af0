// SPDX-License-Identifier: Apache-2.0
import Foundation

/// When to refresh.
///
/// It is pure.
enum TokenCadence {
    /// Seconds before a token's end in which no call is begun with it: a batch may take two minutes.
    private static let margin: TimeInterval = 150
    /// The share of a short-lived token's life that is the margin at most; else such a token would never be used.
    private static let marginShare = 0.3
    /// How many seconds a token is used at least: if Intuit gave out tokens of one second, each call would otherwise
    /// ask for another.
    private static let shortestUse: TimeInterval = 10

    /// Intuit changes the refresh token at the first refresh a day after its last change.
    private static let rotationWindow: TimeInterval = 86_400
    /// How many seconds two clocks may disagree about whether that day is over.
    private static let rotationMargin: TimeInterval = 300
    /// The seconds that should be left of the access token when the refresh token may change: if the answer is lost,
    /// posting goes on for so long while somebody connects again.
    private static let reserve: TimeInterval = 1_200

    /// Whether the access token has so much of its life left that no refresh is needed.
    static func isFresh(_ grant: Grant, of connection: Connection.ID, now: Date) -> Bool {
        now < busyRefresh(after: grant, of: connection) && isUsable(grant, now: now)
    }

    /// When the next refresh is due while there is work: after 50 to 70 % of the access token's life, spread so that
    /// not all come at once.
    ///
    /// A life under 20 seconds counts as 20.
    static func busyRefresh(after grant: Grant, of connection: Connection.ID) -> Date {
        let life = max(life(grant), 2 * shortestUse)
        let share = 0.5 + 0.2 * spread(grant, connection)
        let usual = grant.refreshedAt.addingTimeInterval(life * share)
        guard mayRotate(grant, at: usual) else { return usual }
        let earliest = grant.refreshedAt.addingTimeInterval(life * 0.5)
        return max(earliest, min(usual, grant.accessExpiresAt.addingTimeInterval(-reserve)))
    }

    /// When the next refresh is due without traffic: after 20 to 22 hours, spread in the same way.
    static func idleRefresh(after grant: Grant, of connection: Connection.ID) -> Date {
        grant.refreshedAt.addingTimeInterval((20 + 2 * spread(grant, connection)) * 3_600)
    }

    static let longestIdle = Duration.seconds(22 * 3_600)

    /// Whether a call may still be made with the access token.
    static func isUsable(_ grant: Grant, now: Date) -> Bool {
        let use = max(life(grant) - min(margin, life(grant) * marginShare), shortestUse)
        return now < grant.refreshedAt.addingTimeInterval(use)
    }

    private static func life(_ grant: Grant) -> TimeInterval {
        grant.accessExpiresAt.timeIntervalSince(grant.refreshedAt)
    }

    /// Whether a refresh may bring a new refresh token, so that its answer must not be lost.
    static func mayRotate(_ grant: Grant, at moment: Date) -> Bool {
        moment >= grant.refreshTokenSince.addingTimeInterval(rotationWindow - rotationMargin)
    }

    /// How long to wait after failures: none after the first, then 2, 6 and 12 seconds, and then ever longer up to two
    /// minutes, so that posting goes on within three minutes of an outage's end, wherever the outage was.
    static func retryDelay(failures: Int, longest: Duration = longestRetry) -> Duration {
        switch failures {
        case ...1: .seconds(0)
        case 2: .seconds(2)
        case 3: .seconds(6)
        case 4: .seconds(12)
        case 5: .seconds(30)
        case 6: .seconds(60)
        default: longest
        }
    }

    /// How long to wait while the company gives no answers either: none at first, because the lost answer may hold the
    /// new token, and then so rarely that a minute has no more than three calls of all kinds.
    static func retryDelayInOutage(failures: Int) -> Duration {
        switch failures {
        case ...1: .seconds(0)
        case 2: .seconds(60)
        default: longestRetry
        }
    }

    static let longestRetry = Duration.seconds(120)
    /// The longest wait while every new access token is refused by the API.
    static let longestAfterRefusal = Duration.seconds(300)

    /// A definite refusal is believed when it comes again after this long.
    static let secondOpinion = Duration.seconds(5)

    /// From 0 to 1, evenly spread over connections and refreshes, and always the same for the same two.
    private static func spread(_ grant: Grant, _ connection: Connection.ID) -> Double {
        // The finisher of SplitMix64: neighbouring numbers end up far apart.
        var bits = UInt64(bitPattern: grant.generation) &* 0x9E37_79B9_7F4A_7C15
        bits ^= UInt64(bitPattern: connection.value) &* 0xD1B5_4A32_D192_ED03
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((bits ^ (bits >> 31)) >> 11) / Double(UInt64(1) << 53)
    }
}
