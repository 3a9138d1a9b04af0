// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Which token there is without asking Intuit, and when Intuit is to be asked next.
extension TokenLifecycle {
    /// A token, or that there is none for now; nil when a refresh is wanted.
    func availability(of held: ActiveConnection?, at moment: TokenMoment) -> TokenAvailability? {
        guard let held else { return .unavailable(retryAt: nil) }
        let now = moment.now
        if let until = afterRefusals(now), now < until { return .unavailable(retryAt: until) }
        let isRefused = refusedGeneration == held.grant.generation
        if !isRefused, TokenCadence.isFresh(held.grant, of: held.id, now: now) { return .usable(held.token) }
        if moment.isStopping {
            return isRefused ? .unavailable(retryAt: nil) : held.lastResort(now: now, retryAt: nil)
        }
        guard let notBefore = due(notBefore, now), now < notBefore else { return nil }
        // Refreshing failed a moment ago. The old token is used until it expires.
        return isRefused ? .unavailable(retryAt: notBefore) : held.lastResort(now: now, retryAt: notBefore)
    }

    /// When the next refresh is due, with or without traffic; nil while there is nothing to refresh.
    func refreshDue(_ held: ActiveConnection?, now: Date) -> Date? {
        guard let held else { return nil }
        if refusedGeneration == held.grant.generation {
            return max(afterRefusals(now) ?? .distantPast, due(notBefore, now) ?? .distantPast)
        }
        // Also after a start: a trouble that only a token answer can end asks for a refresh.
        if wantsRefresh || held.trouble?.isEnded(by: .tokenAnswer) == true {
            return due(notBefore, now) ?? .distantPast
        }
        return TokenCadence.idleRefresh(after: held.grant, of: held.id).within(TokenCadence.longestIdle, of: now)
    }

    /// When an adoption that waits is tried next; nil when none does.
    func adoptionDue(now: Date) -> Date? {
        hasUnfinishedAdoption ? due(adoptionNotBefore, now) ?? .distantPast : nil
    }

    /// When the next token is asked for, while new ones are refused one after the other.
    private func afterRefusals(_ now: Date) -> Date? {
        refusedUntil?.within(TokenCadence.longestAfterRefusal, of: now)
    }

    /// The wait, limited to the longest there is: a longer one was set before the machine's clock was put back.
    private func due(_ wait: Date?, _ now: Date) -> Date? { wait?.within(TokenCadence.longestRetry, of: now) }
}
