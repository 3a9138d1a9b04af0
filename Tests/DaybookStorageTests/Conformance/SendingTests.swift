// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Testing

@Suite("What is known of sending to a company is kept")
struct SendingTests {
    @Test("the circuit breaker, a learned limit and the last answer", arguments: Engine.allCases)
    func state(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease()
            let exports = try await storage.exporting(2, lease: lease).map(\.export)
            let doubt = Doubt(since: after(1), lookNoEarlierThan: after(6))
            let checking = ExportProgress(state: .checking(doubt), lastDoubt: after(1))
            var state = SendingState(
                breaker: CircuitBreaker(phase: .open(requestID: "r1", since: after(1)), looks: 3), envelopeLimit: 7,
                answeredAt: morning)
            try await storage.settle(
                Settlement(
                    requestID: "r1", changes: exports.map { Examples.change($0, to: checking) }, sending: state),
                lease: lease, at: after(1))
            var agenda = try await storage.agenda()
            #expect(agenda.sending == state && agenda.unsettled == 2)

            var first = exports[0]
            first.progress = checking
            let found = ExportProgress(state: .exported(Receipt(documentID: "1", syncToken: "0")))
            try await storage.settle(
                Settlement(changes: [Examples.change(first, to: found)]), lease: lease, at: after(7))
            agenda = try await storage.agenda()
            #expect(agenda.sending == state, "another settlement leaves it")
            #expect(agenda.unsettled == 1)

            state.wasAnswered(at: after(9), documents: 1, capacity: 30)
            state.breaker.apply(.envelopeSettled)
            try await storage.settle(Settlement(changes: [], sending: state), lease: lease, at: after(9))
            #expect(try await storage.agenda().sending == state)
        }
    }

    @Test("what an export's attempts say", arguments: Engine.allCases)
    func attempts(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease()
            let export = try await storage.exporting(1, lease: lease)[0].export
            let attempts = ExportAttempts(
                goesAlone: true, isNumberTaken: true, unanswered: 4, latestUnanswered: after(2), tooLargeSince: after(3)
            )
            let pending = ExportProgress(state: .pending, attempts: attempts)
            try await storage.settle(
                Settlement(requestID: "r1", changes: [Examples.change(export, to: pending)]), lease: lease,
                at: after(4))
            #expect(try await storage.export(serial: 1)?.row.export.progress == pending)
        }
    }

    @Test("the place that a look by marker has reached, and what it has seen", arguments: Engine.allCases)
    func markerLook(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease(seconds: 600)
            let export = try await storage.exporting(1, lease: lease)[0].export
            let doubt = Doubt(since: after(1), lookNoEarlierThan: after(200))
            let checking = ExportProgress(state: .checking(doubt), lastDoubt: after(1))
            let sighting = MarkerLook.Sighting(serial: export.serial, documentID: "91", syncToken: "0")
            let look = MarkerLook(
                began: after(140), span: LookSpan(from: morning, through: after(440)), position: 250, lastID: "77",
                serials: [export.serial], sightings: [sighting])
            try await storage.settle(
                Settlement(
                    requestID: "r1", changes: [Examples.change(export, to: checking)], markerLook: .to(look)),
                lease: lease, at: after(140))
            var agenda = try await storage.agenda()
            #expect(agenda.markerLook == look)
            #expect(agenda.sought.map(\.serial) == [export.serial])
            try await storage.settle(Settlement(changes: []), lease: lease, at: after(141))
            #expect(try await storage.agenda().markerLook == look, "another settlement leaves it")
            try await storage.settle(Settlement(changes: [], markerLook: .ended), lease: lease, at: after(142))
            agenda = try await storage.agenda()
            #expect(agenda.markerLook == nil)
        }
    }
}
