// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A sign that another program uses the same refresh token.
///
/// No sign is reported where an answer that Daybook itself lost explains the change as well.
package enum SecondCopySign: Equatable, Sendable {
    /// Intuit answered with a new refresh token although ours was not a day old.
    case changedEarly
    /// The new refresh token was given out some time ago: its idle clock is no longer full.
    case changedBefore

    /// Seconds after which a change is ordinary: Intuit says "about every 24 hours", and clocks differ.
    private static let earliestRotation: TimeInterval = 23 * 3_600
    /// How many seconds a new token's idle clock may be short, because an answer was slow.
    private static let slack = Grant.clockSlack

    init?(_ pair: TokenPair, after old: Grant, now: Date) {
        guard let token = pair.refreshToken, token != old.refreshToken else { return nil }
        if now.timeIntervalSince(old.refreshTokenSince) < Self.earliestRotation {
            self = .changedEarly
        } else if let idle = pair.idleLifetime, Self.isUsed(idle.seconds, old) {
            self = .changedBefore
        } else {
            return nil
        }
    }

    /// Whether a new token was in use before, by what Intuit says remains of its idle clock.
    ///
    /// A token that was rotated just now has as much left as the last one had when it was new.
    private static func isUsed(_ remaining: TimeInterval, _ old: Grant) -> Bool {
        // A token whose idle clock is full is new, however wrong this machine's clock was.
        guard remaining < Grant.fullIdleLifetime - slack else { return false }
        let full = old.idleExpiresAt.timeIntervalSince(old.refreshTokenSince)
        // A whole day less would be another rule of Intuit's, not another program.
        return (slack..<earliestRotation).contains(full - remaining)
    }

    var explanation: String {
        switch self {
        case .changedEarly:
            "Intuit changed the refresh token although Daybook's was less than a day old"
        case .changedBefore:
            "Intuit answered with a refresh token that was given out before, though not to Daybook"
        }
    }
}

extension TokenKeeper {
    /// After a restore the former Daybook has changed the token, so no second program is reported.
    func warnOfSecondCopy(
        _ connection: Connection.ID, _ sign: SecondCopySign, isRestored: Bool, tid: String?
    ) async throws {
        guard !isRestored else {
            let text = "\(sign.explanation): the database was restored, and is older than the last change"
            return try await note(.recovered, text, on: connection, tid: tid)
        }
        logEvents.emit(.secondCopy(connection: connection))
        let text = "\(sign.explanation): another program seems to use the same token"
        try await note(.warned, text, on: connection, tid: tid)
    }
}
