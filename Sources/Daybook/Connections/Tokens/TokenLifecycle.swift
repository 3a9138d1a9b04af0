// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What becomes of a connection's tokens: events in, actions out.
///
/// It does no I/O and reads no clock. It lives as long as the process; a restart may forget everything in it.
package struct TokenLifecycle: Sendable, Equatable {
    // MARK: The API's refusals

    /// The generation whose access token the API refused before its time.
    package internal(set) var refusedGeneration: Int64?
    /// How many tokens in a row the API refused, each fresh from Intuit.
    var refusals = 0
    var refusedUntil: Date?
    /// When a company that could not be called is called again.
    var lookNotBefore: Date?
    /// Whether the exporter gets no answers from the company.
    var isCompanySilent = false
    /// When the token endpoint was last asked why the company is refused.
    var askedWhyAt: Date?

    // MARK: Refreshing

    /// How many refreshes have ended, with or without success.
    package internal(set) var refreshes = 0
    /// The outcome of the last one, for the callers that waited for it.
    package internal(set) var latest: TokenAvailability?
    /// How many refreshes in a row gave no usable answer.
    package internal(set) var failures = 0
    var notBefore: Date?
    /// Whether Intuit may have carried out a call whose answer was lost.
    package internal(set) var isInDoubt = false
    /// When all refresh tokens of a generation were refused for the first time.
    var refusal: FirstRefusal?
    /// A grant that the journal has and the database could not store.
    package internal(set) var unstored: Grant?
    /// Where the refresh under way is.
    var phase = Phase.idle

    // MARK: Ending

    /// Where a disconnect under way is.
    var ending = Ending.idle

    // MARK: What the journal has and the database does not

    /// Where a recovery under way is.
    var recovery = Recovery.idle

    // MARK: A consent or pasted token

    /// How far the comparison with the known connections is.
    var screening = Screening.idle
    /// Where the trial at Intuit and on the company is.
    var adopting = Adopting.idle

    // MARK: A consent or pasted token that could not be tried to the end

    package internal(set) var hasUnfinishedAdoption = false
    var adoptionFailures = 0
    var adoptionNotBefore: Date?

    package init() {}

    struct FirstRefusal: Sendable, Equatable {
        let generation: Int64
        let at: Date
        let tid: String?
    }

    /// Whether something is wrong that a refresh would mend, so that it comes sooner than the daily one.
    var wantsRefresh: Bool { failures > 0 || isInDoubt || refusal != nil || unstored != nil }

    /// After how many failures in a row the page says so: one or two are ordinary.
    static let failuresUntilSaid = 3
}

extension TokenLifecycle {
    /// A person has connected anew, or disconnected: what was remembered about the former grant is forgotten.
    package mutating func grantChanged() {
        refreshSucceeded()
        refusedGeneration = nil
        refusals = 0
        refusedUntil = nil
        lookNotBefore = nil
        askedWhyAt = nil
        latest = nil
    }

    mutating func refreshSucceeded() {
        failures = 0
        notBefore = nil
        isInDoubt = false
        refusal = nil
        unstored = nil
    }

    /// - Returns: When to try again.
    mutating func refreshFailed(now: Date) -> Date {
        failures += 1
        let delay =
            isCompanySilent
            ? TokenCadence.retryDelayInOutage(failures: failures) : TokenCadence.retryDelay(failures: failures)
        let retryAt = now.addingTimeInterval(delay.seconds)
        notBefore = retryAt
        return retryAt
    }

    /// A refresh has ended; the callers that waited for it get its outcome.
    mutating func refreshEnded(_ availability: TokenAvailability) {
        refreshes += 1
        latest = availability
    }

    /// Somebody has entered the app's keys.
    ///
    /// This ends the waits, so that the keys are tried at once; a failure stays noted until they have worked.
    package mutating func keysEntered() {
        adoptionNotBefore = nil
        // A refused token is asked with again only after its five seconds.
        guard refusal == nil else { return }
        failures = min(failures, 1)
        notBefore = nil
    }

    mutating func adoptionFailed(now: Date) {
        hasUnfinishedAdoption = true
        adoptionFailures += 1
        adoptionNotBefore = now.addingTimeInterval(TokenCadence.retryDelay(failures: adoptionFailures).seconds)
    }

    mutating func adoptionEnded() {
        hasUnfinishedAdoption = false
        adoptionFailures = 0
        adoptionNotBefore = nil
    }
}
