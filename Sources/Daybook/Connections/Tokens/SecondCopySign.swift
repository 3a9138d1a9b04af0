// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What betrays that another program uses the same refresh token.
///
/// Says nothing where our own lost answer explains it as well.
package enum SecondCopySign: Equatable, Sendable {
    /// Intuit answered with a new string although ours was not a day old.
    case changedEarly
    /// The new string has been somebody's for a while: its idle clock is not full any more.
    case changedBefore

    /// Two clocks, and Intuit's word "about every 24 hours", may differ by so much.
    private static let earliestRotation: TimeInterval = 23 * 3_600
    /// A new string's clock may be a few minutes short, for slow answers.
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

    /// Intuit tells the time that remains; a string of its own rotation has as much as the last one had.
    private static func isUsed(_ remaining: TimeInterval, _ old: Grant) -> Bool {
        // Whatever our own clock has been through: a full one was nobody's before.
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
        notices.emit(.secondCopy(connection: connection))
        let text = "\(sign.explanation): another program seems to use the same token"
        try await note(.warned, text, on: connection, tid: tid)
    }
}
