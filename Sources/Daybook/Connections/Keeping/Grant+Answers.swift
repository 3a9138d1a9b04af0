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
            refreshTokenSince: token == old.refreshToken ? old.refreshTokenSince : now,
            idleExpiresAt: pair.idleLifetime.map { now.addingTimeInterval($0.seconds) } ?? old.idleExpiresAt,
            hardExpiresAt: pair.hardLifetime.map { now.addingTimeInterval($0.seconds) } ?? old.hardExpiresAt,
            refreshedAt: now)
    }

    /// The first grant of a consent or of a pasted token.
    init(_ pair: TokenPair, refreshToken: Secret, generation: Int64, now: Date) {
        // 100 days is what Intuit documents when it doesn't say.
        let idle = pair.idleLifetime ?? .seconds(8_640_000)
        self.init(
            generation: generation, accessToken: pair.accessToken,
            accessExpiresAt: now.addingTimeInterval(pair.accessLifetime.seconds), refreshToken: refreshToken,
            previousTokens: [], refreshTokenSince: now, idleExpiresAt: now.addingTimeInterval(idle.seconds),
            hardExpiresAt: pair.hardLifetime.map { now.addingTimeInterval($0.seconds) }, refreshedAt: now)
    }

    /// What to fall back on until the new string has worked: the two before it.
    private static func strings(before token: Secret, sent: Secret, _ old: Grant) -> [Secret] {
        ([sent] + [old.refreshToken] + old.previousTokens).reduce(into: []) { kept, string in
            if string != token, !kept.contains(string), kept.count < 2 { kept.append(string) }
        }
    }
}
