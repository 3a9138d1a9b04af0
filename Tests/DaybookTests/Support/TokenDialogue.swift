// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

/// A conversation with a lifecycle: says what happens, and expects what is to be done.
struct TokenDialogue {
    static let start = Date(timeIntervalSince1970: 1_800_000_000)

    var lifecycle = TokenLifecycle()
    var now = start
    var isStopping = false

    mutating func pass(_ seconds: TimeInterval) { now.addTimeInterval(seconds) }

    mutating func say(_ event: TokenEvent) -> [TokenAction] {
        lifecycle.apply(event, at: TokenMoment(now, isStopping: isStopping))
    }

    mutating func expect(
        _ event: TokenEvent, _ actions: [TokenAction], location: SourceLocation = #_sourceLocation
    ) {
        let said = say(event)
        #expect(said == actions, sourceLocation: location)
    }

    /// Up to the moment at which Intuit is asked.
    mutating func begin(
        _ held: ActiveConnection = held(), sending token: String = "r1", location: SourceLocation = #_sourceLocation
    ) {
        expect(.refreshWanted, [.read], location: location)
        expect(.read(held), [.ask(held, Secret(token))], location: location)
    }

    /// Intuit grants; the grant is on its way to the database.
    mutating func grantNext(
        _ token: String, _ held: ActiveConnection = held(), location: SourceLocation = #_sourceLocation
    ) -> Grant {
        let pair = Self.pair(token)
        let next = Grant(pair, after: held.grant, sent: Secret("r1"), generation: 2, now: now)
        let rotated = token != "r1"
        expect(
            .answered(answer(.granted(pair))),
            [
                .rotate(
                    from: 1, to: next, rotated ? .rotated : .refreshed,
                    rotated ? "Refreshed; Intuit changed the refresh token" : "Refreshed", tid: "tid")
            ], location: location)
        return next
    }

    /// Intuit refuses the newest string.
    mutating func refuse(_ reason: String? = nil, location: SourceLocation = #_sourceLocation) {
        expect(
            .answered(answer(.refused(.invalidGrant(reason: reason)), reason: reason)),
            [.markRefused(2), .noteSecret, .reportWritten], location: location)
        expect(.written, [.recover], location: location)
    }

    /// The whole of a first refusal, for a connection without earlier strings.
    mutating func firstRefusal(
        _ held: ActiveConnection = held(), location: SourceLocation = #_sourceLocation
    ) {
        begin(held, location: location)
        refuse(location: location)
        expect(.recovered, [.read], location: location)
        let retryAt = now.addingTimeInterval(5)
        expect(
            .read(held),
            [
                .note(.refreshFailed, PendingRefusal.words, tid: "tid"),
                .finish(held.lastResort(now: now, retryAt: retryAt)),
            ], location: location)
        #expect(lifecycle.wantsRefresh, sourceLocation: location)
    }

    mutating func expectNotNow(_ text: String, tid: String?, location: SourceLocation = #_sourceLocation) {
        let held = Self.held()
        expect(
            .written,
            [
                .log(.refreshFailed(connection: .first, cause: .unreachable, intuitTID: tid)),
                .note(.refreshFailed, text, tid: tid), .finish(.usable(held.token)),
            ], location: location)
    }

    func answer(_ verdict: TokenVerdict, reason: String? = nil, mayHide: Bool = true) -> ReadAnswer {
        ReadAnswer(generation: 2, verdict: verdict, at: now, reason: reason, tid: "tid", mayHideAGrant: mayHide)
    }

    static func pair(_ token: String, accessToken: String? = "a2") -> TokenPair {
        TokenPair(
            accessToken: accessToken.map { Secret($0) }, accessLifetime: .seconds(3_600), refreshToken: Secret(token),
            idleLifetime: .seconds(8_726_400), hardLifetime: nil)
    }

    static func grant(_ generation: Int64 = 1, previous: [String] = [], life: TimeInterval = 3_600) -> Grant {
        Grant(
            generation: generation, accessToken: Secret("a1"), accessExpiresAt: start.addingTimeInterval(life),
            refreshToken: Secret("r1"), previousTokens: previous.map { Secret($0) }, refreshTokenSince: start,
            idleExpiresAt: start.addingTimeInterval(8_726_400),
            hardExpiresAt: start.addingTimeInterval(5 * 365 * 86_400), refreshedAt: start)
    }

    static func held(
        _ generation: Int64 = 1, previous: [String] = [], life: TimeInterval = 3_600, trouble: ConnectionTrouble? = nil
    ) -> ActiveConnection {
        ActiveConnection(
            id: .first, company: Company(realmID: "9130", name: "Ridge"), environment: .sandbox, trouble: trouble,
            grant: grant(generation, previous: previous, life: life))
    }
}
