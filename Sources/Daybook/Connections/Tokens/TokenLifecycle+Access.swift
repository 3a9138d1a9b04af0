// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What the Accounting API said of an access token.
extension TokenLifecycle {
    static let lookAgain = Duration.seconds(600)
    /// How long the token endpoint is not asked again why a company is refused, should the company keep changing its
    /// answer.
    static let askWhyAgain = Duration.seconds(12 * 3_600)

    /// The API answered 401 to the token of this generation.
    ///
    /// - Returns: Whether people are to be told: not at the first refusals, which a refresh usually mends.
    mutating func accessRefused(generation: Int64, now: Date) -> Bool {
        guard refusedGeneration != generation else { return false }
        refusedGeneration = generation
        refusals += 1
        // A fresh token was refused too; asking for another at once would only burden Intuit.
        if refusals > 1 {
            let wait = TokenCadence.retryDelay(failures: refusals + 2, longest: TokenCadence.longestAfterRefusal)
            refusedUntil = now.addingTimeInterval(wait.seconds)
        }
        return refusals >= Self.failuresUntilSaid
    }

    /// The API answered 403/3100.
    ///
    /// - Returns: Whether the token endpoint is to be asked why: at once, and then at most twice a day.
    mutating func companyRefused(now: Date) -> Bool {
        lookNotBefore = now.addingTimeInterval(Self.lookAgain.seconds)
        // `askedWhyAt` lies in the future only if the clock was put back; then Intuit may be asked again.
        if let askedWhyAt, (0..<Self.askWhyAgain.seconds).contains(now.timeIntervalSince(askedWhyAt)) { return false }
        askedWhyAt = now
        return true
    }

    /// A call with the present token has worked.
    mutating func accessWorked() {
        refusedGeneration = nil
        refusals = 0
        refusedUntil = nil
        isCompanySilent = false
    }

    /// When a company that could not be called is called next; nil when there is no trouble that a call would end.
    mutating func lookDue(_ held: ActiveConnection?, now: Date) -> Date? {
        guard let trouble = held?.trouble, trouble.isEnded(by: .call) else { return nil }
        // The exporter tries by itself; a call from here would use up calls that the exporter needs.
        if trouble.cause == .quickBooksUnreachable, (0..<3_600).contains(now.timeIntervalSince(trouble.since)) {
            return nil
        }
        if let due = lookNotBefore?.within(Self.lookAgain, of: now) { return due }
        // The trouble was stored before this start: call soon, but a few seconds after everything else.
        let first = now.addingTimeInterval(TokenCadence.secondOpinion.seconds)
        lookNotBefore = first
        return first
    }

    /// The exporter called the company and got no usable answer; while it goes on trying, no other call is needed.
    mutating func exporterTried(now: Date) {
        isCompanySilent = true
        lookNotBefore = now.addingTimeInterval(Self.lookAgain.seconds)
    }

    mutating func looked(now: Date) { lookNotBefore = now.addingTimeInterval(Self.lookAgain.seconds) }
}
