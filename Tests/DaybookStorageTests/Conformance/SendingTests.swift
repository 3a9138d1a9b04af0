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
                answeredAt: morning, tooLargeAt: after(-9))
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
            #expect(try await storage.sendingState(of: .first) == state)
        }
    }

    @Test("what an export's attempts say", arguments: Engine.allCases)
    func attempts(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease()
            let export = try await storage.exporting(1, lease: lease)[0].export
            let attempts = ExportAttempts(
                goesAlone: true, isNumberTaken: true, unanswered: 4, latestUnanswered: after(2),
                tooLargeSince: after(3),
                tooLargeRounds: 2)
            let pending = ExportProgress(state: .pending, attempts: attempts)
            try await storage.settle(
                Settlement(requestID: "r1", changes: [Examples.change(export, to: pending)]), lease: lease,
                at: after(4))
            #expect(try await storage.export(serial: 1)?.row.export.progress == pending)
        }
    }

    @Test("suspects take no other's place: they are read apart, by the core's own rule", arguments: Engine.allCases)
    func suspects(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let lease = try await storage.lease()
            let kinds = [
                ExportAttempts(), ExportAttempts(unanswered: 5),
                ExportAttempts(unanswered: 6, latestUnanswered: after(7)),
                ExportAttempts(unanswered: 6, latestUnanswered: after(6)), ExportAttempts(tooLargeSince: after(1)),
                ExportAttempts(tooLargeSince: after(5)), ExportAttempts(tooLargeSince: after(3), tooLargeRounds: 1),
                ExportAttempts(goesAlone: true),
            ]
            let exports = try await storage.exporting(kinds.count, lease: lease).map(\.export)
            let changes = zip(exports, kinds).map { Examples.change($0, to: ExportProgress(attempts: $1)) }
            try await storage.settle(Settlement(requestID: "r1", changes: changes), lease: lease, at: after(9))
            for answered in [nil, after(0), after(3), after(4)] {
                try await storage.settle(
                    Settlement(changes: [], sending: SendingState(answeredAt: answered)), lease: lease, at: after(9))
                let agenda = try await storage.agenda(limit: 3)
                let usual = zip(exports, kinds).filter { !$1.isSuspect(companyAnswered: answered) }.map(\.0.serial)
                #expect(agenda.pending.map(\.export.serial) == Array(usual.prefix(3)))
            }
            // Of a 413 first, then the one that was tried longest ago.
            let suspects = try await storage.agenda().suspects.map { $0.export.progress.attempts }
            #expect(suspects == [kinds[6], kinds[5]])
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
                .journalEntry, began: after(140), span: CreationSpan(from: morning, through: after(440)), position: 250,
                lastID: "77",
                pageSize: 62, serials: [export.serial], sightings: [sighting])
            try await storage.settle(
                Settlement(
                    requestID: "r1", changes: [Examples.change(export, to: checking)], markerLook: .to(look)),
                lease: lease, at: after(140))
            var agenda = try await storage.agenda()
            #expect(agenda.markerLook == look)
            #expect(agenda.sought.map(\.serial) == [export.serial])
            try await storage.settle(Settlement(changes: []), lease: lease, at: after(141))
            #expect(try await storage.agenda().markerLook == look, "another settlement leaves it")
            var further = look
            let page = MarkerPage(documents: [], count: 62, size: 62, firstID: "77", lastID: "138")
            #expect(further.read(page, for: []) == .goesOn)
            try await storage.settle(Settlement(changes: [], markerLook: .to(further)), lease: lease, at: after(141))
            #expect(try await storage.agenda().markerLook == further, "its exports and sightings stay")
            try await storage.settle(Settlement(changes: [], markerLook: .ended), lease: lease, at: after(142))
            agenda = try await storage.agenda()
            #expect(agenda.markerLook == nil)
        }
    }

    private func company(_ realmID: String, on storage: any Storage, generation: Int64) async throws {
        try await storage.install(
            Examples.grant(generation), company: Company(realmID: realmID, name: "Ridge"), app: Examples.app,
            on: .first,
            by: .command("tests"), at: morning, intuitTID: nil)
    }

    @Test("an envelope for another company than the connection's is not committed", arguments: Engine.allCases)
    func openForAnotherCompany(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await company("9131", on: storage, generation: 1)
            let lease = try await storage.lease()
            _ = try await storage.record(Examples.rentals(1), policy: .allOrNothing, at: morning)
            let units = try await storage.agenda().pending
            let changes = units.map { Examples.change($0.export, to: ExportProgress(state: .exporting)) }
            await #expect(throws: CompanyChanged()) {
                try await storage.open(
                    Examples.envelope("r1", of: units, realmID: "9130"), changes: changes, lease: lease, at: morning)
            }
            let agenda = try await storage.agenda()
            #expect(agenda.interrupted.isEmpty && agenda.pending == units, "nothing was written")
            #expect(try await storage.sendTimes(for: .first, since: after(-60)) == [])
            try await storage.open(
                Examples.envelope("r2", of: units, realmID: "9131"), changes: changes, lease: lease, at: morning)
            #expect(try await storage.agenda().interrupted.map(\.envelope.realmID) == ["9131"])
        }
    }

    @Test("nor is one sent again when the connection is another company's meanwhile", arguments: Engine.allCases)
    func resendForAnotherCompany(_ engine: Engine) async throws {
        try await engine.storage { storage in
            try await company("9130", on: storage, generation: 1)
            let lease = try await storage.lease()
            _ = try await storage.record(Examples.rentals(1), policy: .allOrNothing, at: morning)
            let units = try await storage.agenda().pending
            let changes = units.map { Examples.change($0.export, to: ExportProgress(state: .exporting)) }
            try await storage.open(
                Examples.envelope("r1", of: units, realmID: "9130"), changes: changes, lease: lease, at: morning)
            try await storage.settle(
                Settlement(requestID: "r1", phase: .ready, changes: []), lease: lease, at: after(1))
            try await company("9131", on: storage, generation: 2)
            await #expect(throws: CompanyChanged()) {
                try await storage.resend("r1", lease: lease, at: after(2))
            }
            #expect(try await storage.agenda().ready?.envelope.requestID == "r1", "it stays as it was")
            #expect(try await storage.sendTimes(for: .first, since: after(-60)) == [morning])
            try await company("9130", on: storage, generation: 3)
            try await storage.resend("r1", lease: lease, at: after(3))
            #expect(try await storage.agenda().interrupted.map(\.envelope.requestID) == ["r1"])
        }
    }
}
