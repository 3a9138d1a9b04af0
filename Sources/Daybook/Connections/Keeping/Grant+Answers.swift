// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Grant {
    /// The grant after an answer; what the answer leaves out stays.
    ///
    /// - Parameter sent: The string that was asked with: the newest, or an earlier one when that was refused.
    init(_ pair: TokenPair, after old: Grant, sent: Secret, generation: Int64, now: Date) {
        let token = pair.refreshToken ?? sent
        self.init(
            generation: generation, accessToken: pair.accessToken,
            accessExpiresAt: now.addingTimeInterval(pair.accessLifetime.seconds), refreshToken: token,
            previousTokens: token == sent ? [] : Self.strings(before: token, sent: sent, old),
            refreshTokenSince: token == old.refreshToken ? Self.since(old, pair.idleLifetime, now) : now,
            idleExpiresAt: pair.idleLifetime.map { now.addingTimeInterval($0.seconds) } ?? old.idleExpiresAt,
            hardExpiresAt: pair.hardLifetime.map { now.addingTimeInterval($0.seconds) } ?? old.hardExpiresAt,
            refreshedAt: now)
    }

    /// The first grant of a consent or of a pasted token.
    ///
    /// - Parameter pasted: The string that was pasted, which somebody had before.
    init(_ pair: TokenPair, refreshToken: Secret, pasted: Secret?, generation: Int64, now: Date) {
        // 100 days is what Intuit documents when it doesn't say.
        let idle = pair.idleLifetime ?? .seconds(8_640_000)
        let age = refreshToken == pasted ? Self.age(ofPasted: idle) : 0
        self.init(
            generation: generation, accessToken: pair.accessToken,
            accessExpiresAt: now.addingTimeInterval(pair.accessLifetime.seconds), refreshToken: refreshToken,
            previousTokens: [], refreshTokenSince: now.addingTimeInterval(-age),
            idleExpiresAt: now.addingTimeInterval(idle.seconds),
            hardExpiresAt: pair.hardLifetime.map { now.addingTimeInterval($0.seconds) }, refreshedAt: now)
    }

    /// How long a pasted string has been in use, by what is left of its idle clock; a day is as good as more.
    ///
    /// Were it taken for new, Intuit's next change of it would look like another program's.
    private static func age(ofPasted remaining: Duration) -> TimeInterval {
        min(max(0, fullIdleLifetime - remaining.seconds), 86_400)
    }

    /// What Intuit tells with a new refresh token: 101 days.
    static let fullIdleLifetime: TimeInterval = 8_726_400

    /// Two clocks and a slow answer may differ by so much.
    static let clockSlack: TimeInterval = 300

    /// Since when the string that stays is in use, by what is left of its idle clock, should that differ by hours:
    /// then this machine's clock was wrong when the string came, and has been set right.
    ///
    /// By a day or more it would be another rule of Intuit's.
    private static func since(_ old: Grant, _ remaining: Duration?, _ now: Date) -> Date {
        guard let remaining else { return old.refreshTokenSince }
        let told = now.addingTimeInterval(remaining.seconds - fullIdleLifetime)
        let difference = abs(told.timeIntervalSince(old.refreshTokenSince))
        return (clockSlack..<82_800).contains(difference) ? told : old.refreshTokenSince
    }

    /// What to fall back on until the new string has worked: the two before it.
    private static func strings(before token: Secret, sent: Secret, _ old: Grant) -> [Secret] {
        ([sent] + [old.refreshToken] + old.previousTokens).reduce(into: []) { kept, string in
            if string != token, !kept.contains(string), kept.count < 2 { kept.append(string) }
        }
    }
}
