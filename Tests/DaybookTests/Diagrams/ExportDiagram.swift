// SPDX-License-Identifier: Apache-2.0

@testable import Daybook

extension StateDiagram {
    /// Every state asked for every event, with and without an unanswered attempt before, and at the end of each patience.
    static func exports() -> StateDiagram {
        var diagram = StateDiagram(
            title: "An export",
            lead: """
                From the table of `ExportProgress.apply` in \
                [ExportStateMachine.swift](../Sources/Daybook/Exports/ExportStateMachine.swift). What is not drawn is refused and \
                changes nothing. An export whose latest attempt had no answer is looked up on every way back to sending, and is \
                not withdrawn.
                """)
        for (_, state) in ExportStateMachineTests.states {
            for (eventName, event) in ExportStateMachineTests.events {
                for case .success(let next) in histories(state).map({ $0.after(event) }) {
                    diagram.add(state.name.title, words[eventName] ?? eventName, next.state.name.title)
                }
            }
        }
        return diagram
    }

    private static func histories(_ state: ExportState) -> [ExportProgress] {
        let doubt = ExportStateMachineTests.time(100)
        var taken = ExportAttempts()
        taken.isNumberTaken = true
        let isAfterSending = [.exporting, .checking, .pending, .error, .onHold, .excluded].contains(state.name)
        return [ExportProgress(state: state), ExportProgress(state: state, attempts: taken)]
            + (isAfterSending ? [ExportProgress(state: state, lastDoubt: doubt)] : [])
    }

    private static let words = [
        "enveloped": "put in an envelope", "posted": "posted", "refused": "refused", "blocked": "a problem found",
        "unknown": "no answer", "found": "found by a look", "foundForeign": "another document found",
        "notFound": "proven absent", "notFoundEarly": "not there yet", "refusedAsWhole": "request refused as a whole",
        "numberTaken": "number taken", "tooLarge": "too large, alone", "reset": "reset", "hold": "hold",
        "release": "release", "cleared": "problem gone", "notBooked": "certainly not carried out",
        "postponed": "look postponed", "lookRequired": "restored copy", "closed": "day closed",
        "closedEmpty": "day closed, nets to nothing", "exclude": "exclude", "include": "include again",
        "superseded": "a revision", "takenBack": "its file taken back",
    ]
}

extension StateDiagram {
    static func circuitBreaker() -> StateDiagram {
        var diagram = StateDiagram(
            title: "Sending to a company",
            lead: """
                From `CircuitBreaker.apply` in [CircuitBreaker.swift](../Sources/Daybook/Exports/CircuitBreaker.swift). While it \
                is open only looks go to the company; half open, one document goes alone. Arrows that lead back to \
                their state are left out.
                """)
        let moment = ExportStateMachineTests.time(100)
        let events: [(String, CircuitBreaker.Event)] = [
            ("no certain answer", .outcomeUnknown(requestID: "r", at: moment)), ("a look", .looked),
            ("a document found", .found), ("nothing in doubt any more", .envelopeSettled), ("answered", .answered),
        ]
        let phases: [CircuitBreaker.Phase] = [
            .closed, .open(requestID: "r", since: moment), .halfOpen(since: moment),
        ]
        for phase in phases {
            for (name, event) in events {
                var breaker = CircuitBreaker(phase: phase)
                breaker.apply(event)
                let (from, to) = (title(phase), title(breaker.phase))
                if from != to { diagram.add(from, name, to) }
            }
        }
        return diagram
    }

    private static func title(_ phase: CircuitBreaker.Phase) -> String {
        switch phase {
        case .closed: "Closed"
        case .open: "Open"
        case .halfOpen: "Half open"
        }
    }
}
