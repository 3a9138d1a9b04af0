// SPDX-License-Identifier: Apache-2.0
import Foundation

@testable import Daybook

extension StateDiagram {
    /// Everything that a refresh may come to, found by trying each event wherever one can get.
    static func refreshes() -> StateDiagram {
        var diagram = StateDiagram(
            title: "A token call: the refresh",
            lead: """
                From `TokenLifecycle.apply` in \
                [TokenLifecycle+Refreshing.swift](../Sources/Daybook/Connections/Tokens/TokenLifecycle+Refreshing.swift). Each \
                step is written to the journal before the next one is taken. An event that does not fit ends the refresh, to \
                be tried again, and is not drawn.
                """)
        var seen: Set<String> = []
        var frontier = starts
        while let lifecycle = frontier.popLast() {
            for moment in [0, 86_400] as [TimeInterval] {
                for (name, event) in events {
                    var next = lifecycle
                    let now = TokenDialogue.start.addingTimeInterval(moment)
                    let actions = next.apply(event, at: TokenMoment(now))
                    guard !isRefused(actions, at: now), name != "wanted" || lifecycle.phase == .idle else { continue }
                    diagram.add(lifecycle.phase.title, words[name] ?? name, next.phase.title)
                    if seen.insert(next.outline).inserted { frontier.append(next) }
                }
            }
        }
        return diagram
    }

    private static var starts: [TokenLifecycle] {
        var unstored = TokenLifecycle()
        unstored.unstored = TokenDialogue.grant(2)
        return [TokenLifecycle(), unstored]
    }

    /// The answer to what does not fit.
    private static func isRefused(_ actions: [TokenAction], at now: Date) -> Bool {
        actions == [.finish(.unavailable(retryAt: now))]
    }

    private static var events: [(String, TokenEvent)] {
        let talk = TokenDialogue()
        func answered(_ verdict: TokenVerdict) -> TokenEvent { .answered(talk.answer(verdict)) }
        return [
            ("wanted", .refreshWanted), ("recovered", .recovered), ("read", .read(nil)),
            ("read", .read(TokenDialogue.held(life: 200_000))),
            ("read", .read(TokenDialogue.held(previous: ["r0"], life: 200_000))),
            ("granted", answered(.granted(TokenDialogue.pair("r2")))),
            ("granted", answered(.granted(TokenDialogue.pair("r2", accessToken: nil)))),
            ("grantRefused", answered(.refused(.invalidGrant(reason: nil)))),
            ("appRefused", answered(.refused(.invalidClient))),
            ("appRefused", answered(.refused(.other(error: "unauthorized_client")))),
            ("unusable", answered(.unusable(reason: "HTML"))),
            ("unanswered", .unanswered(TokenCallFailure(mayHaveBeenExecuted: true, reason: "cut"))),
            ("withoutApp", .withoutApp), ("stopped", .stopped), ("written", .written), ("stored", .stored(true)),
            ("stored", .stored(false)), ("investigated", .investigated(isLetIn: nil, isRestored: false)),
        ]
    }

    private static let words = [
        "wanted": "a refresh is wanted", "recovered": "the journal's grant is stored", "read": "the connection is read",
        "granted": "Intuit grants", "grantRefused": "the token is refused",
        "appRefused": "the keys or the app are refused",
        "unusable": "no usable answer", "unanswered": "no answer", "withoutApp": "no app to ask with",
        "stopped": "the keeper stops", "written": "written down", "stored": "the grant is stored",
        "investigated": "the reason is found",
    ]
}

extension TokenLifecycle {
    /// What decides about the next step; counters and moments do not.
    fileprivate var outline: String {
        "\(phase) \(refusal == nil) \(unstored == nil) \(isInDoubt) \(min(failures, 4))"
    }
}

extension TokenLifecycle.Phase {
    fileprivate var title: String {
        switch self {
        case .idle: "Idle"
        case .beginning: "Beginning"
        case .asking: "Asking Intuit"
        case .closing: "Writing down the outcome"
        case .storing: "Storing the grant"
        case .applying: "Marking the journal"
        case .reconsidering: "Reading again"
        case .judging: "Finding the reason"
        case .burying: "Breaking the connection"
        }
    }
}
