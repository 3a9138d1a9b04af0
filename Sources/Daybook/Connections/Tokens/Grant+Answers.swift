// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Grant {
    /// The grant after an answer; what the answer leaves out stays.
    ///
    /// An answer without an access token keeps the present one, and the time of the last refresh with it.
    ///
    /// - Parameter sent: The refresh token that was asked with: the newest, or an earlier one when that was refused.
    init(_ pair: TokenPair, after old: Grant, sent: Secret, generation: Int64, now: Date) {
        let pair = pair.newFirst(after: old)
        let token = pair.refreshToken ?? sent
        let isNew = token != old.refreshToken
        let idle = pair.idleLifetime ?? (isNew ? Self.documentedIdleLifetime : nil)
        self.init(
            generation: generation, accessToken: pair.accessToken ?? old.accessToken,
            accessExpiresAt: pair.accessToken == nil
                ? old.accessExpiresAt : now.addingTimeInterval(pair.accessLifetime.seconds),
            refreshToken: token,
            previousTokens: token == sent ? [] : Self.strings(before: token, pair, sent: sent, old),
            refreshTokenSince: isNew ? now : Self.since(old, pair.idleLifetime, now),
            idleExpiresAt: idle.map { now.addingTimeInterval($0.seconds) } ?? old.idleExpiresAt,
            hardExpiresAt: pair.hardLifetime.map { now.addingTimeInterval($0.seconds) } ?? old.hardExpiresAt,
            refreshedAt: pair.accessToken == nil ? old.refreshedAt : now)
    }

    /// What Intuit documents, for an answer that doesn't say: 100 days.
    private static let documentedIdleLifetime = Duration.seconds(8_640_000)

    /// The first grant of a consent or of a pasted token.
    ///
    /// - Parameter pasted: The refresh token that was pasted, which somebody had before.
    init(
        _ pair: TokenPair, accessToken: Secret, refreshToken: Secret, pasted: Secret?, generation: Int64, now: Date
    ) {
        let idle = pair.idleLifetime ?? Self.documentedIdleLifetime
        let age = refreshToken == pasted ? Self.age(ofPasted: idle) : 0
        self.init(
            generation: generation, accessToken: accessToken,
            accessExpiresAt: now.addingTimeInterval(pair.accessLifetime.seconds), refreshToken: refreshToken,
            previousTokens: Array(pair.otherRefreshTokens.prefix(1)), refreshTokenSince: now.addingTimeInterval(-age),
            idleExpiresAt: now.addingTimeInterval(idle.seconds),
            hardExpiresAt: pair.hardLifetime.map { now.addingTimeInterval($0.seconds) }, refreshedAt: now)
    }

    /// How long a pasted refresh token has been in use, in seconds, by what is left of its idle clock; a day at most.
    ///
    /// Were it taken for new, Intuit's next change of it would look like another program's.
    private static func age(ofPasted remaining: Duration) -> TimeInterval {
        min(max(0, fullIdleLifetime - remaining.seconds), 86_400)
    }

    /// The seconds that Intuit tells with a new refresh token: 101 days.
    static let fullIdleLifetime: TimeInterval = 8_726_400

    /// How many seconds two clocks may differ, a slow answer included.
    static let clockSlack: TimeInterval = 300

    /// Since when a refresh token that stays has been in use.
    ///
    /// That is the stored moment, unless what is left of the idle clock contradicts it by more than five minutes and
    /// less than 23 hours: then this machine's clock was wrong when the token came, and has been set right. A day or
    /// more would mean that Intuit counts by another rule.
    private static func since(_ old: Grant, _ remaining: Duration?, _ now: Date) -> Date {
        guard let remaining else { return old.refreshTokenSince }
        let told = now.addingTimeInterval(remaining.seconds - fullIdleLifetime)
        let difference = abs(told.timeIntervalSince(old.refreshTokenSince))
        return (clockSlack..<82_800).contains(difference) ? told : old.refreshTokenSince
    }

    /// The refresh tokens to fall back on until the new one has worked: the two before it, or the one before it and
    /// another token of the same answer.
    private static func strings(before token: Secret, _ pair: TokenPair, sent: Secret, _ old: Grant) -> [Secret] {
        let all = Array(pair.otherRefreshTokens.prefix(1)) + [sent, old.refreshToken] + old.previousTokens
        return all.reduce(into: []) { kept, string in
            if string != token, !kept.contains(string), kept.count < 2 { kept.append(string) }
        }
    }
}

extension TokenPair {
    /// Puts first, of several refresh tokens, those that the grant does not hold: under Intuit's rotation a new token
    /// makes those before it worthless.
    func newFirst(after old: Grant) -> TokenPair { newFirst(isOld: old.holds) }

    /// Puts the sent token last, for an answer to a token that no grant holds yet.
    func newFirst(after sent: Secret?) -> TokenPair { newFirst { $0 == sent } }

    private func newFirst(isOld: (Secret) -> Bool) -> TokenPair {
        let all = (refreshToken.map { [$0] } ?? []) + otherRefreshTokens
        let ordered = all.filter { !isOld($0) } + all.filter(isOld)
        return TokenPair(
            accessToken: accessToken, accessLifetime: accessLifetime, refreshToken: ordered.first,
            otherRefreshTokens: Array(ordered.dropFirst()), idleLifetime: idleLifetime, hardLifetime: hardLifetime,
            remarks: remarks)
    }
}

extension Grant {
    func holds(_ token: Secret) -> Bool { refreshToken == token || previousTokens.contains(token) }
}
