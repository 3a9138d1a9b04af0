// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Exporter {
    /// Asks QuickBooks by number whether documents of unknown outcome are there, those of one kind in one call.
    func look(in agenda: Agenda, _ context: PostingContext) async throws -> Wake {
        guard let kind = agenda.dueLooks.first?.export.kind else { return .now }
        let due = agenda.dueLooks.filter { $0.export.kind == kind }
        let (began, beganElapsed) = (clock.now, clock.elapsed)
        if let wake = reserve(.single, agenda.sending, context) { return wake }
        switch await ledger.documents(kind, numbered: due.map(\.export.documentNumber), access: context.access) {
        case .notExecuted(let reason): return try await notExecuted(reason, context)
        case .failed(let reason): return try await postpone(due, reason: reason, agenda.sending, context)
        case .answer(let documents):
            let look = AnsweredLook(
                kind: kind, due: due, documents: documents, began: began, beganElapsed: beganElapsed)
            try await settle(look, agenda, context)
            try await worked(context)
            return .now
        }
    }

    /// All of the company waits: what failed for these would fail for the others.
    ///
    /// A look that got no answer has shown nothing, so it does not wait for the next one's turn: it is made again soon.
    private func postpone(
        _ due: [DueLook], reason: String, _ sending: SendingState, _ context: PostingContext
    ) async throws -> Wake {
        let now = clock.now
        let run = failed(context.connection)
        logEvents.emit(.lookFailed(connection: context.connection, documents: due.count, reason: reason))
        var next = sending
        next.breaker.apply(.looked)
        let wait = min(lookWait(sending), run.wait(at: clock.elapsed))
        forgetOutageCall(context.connection, madeAgainAfter: wait)
        let moment = now.addingTimeInterval(wait.seconds)
        let changes = try due.map { look in
            try look.export.change(.lookPostponed(until: moment), "Could not be looked up (\(reason))", at: now)
        }
        try await storage.settle(Settlement(changes: changes, sending: next), lease: context.lease, at: now)
        waitToLook(context.connection, wait)
        return try await retryLater(context, reason: reason)
    }

    private func lookWait(_ sending: SendingState) -> Duration {
        sending.breaker.isClosed ? CircuitBreaker().lookWait : sending.breaker.lookWait
    }

    private func settle(_ look: AnsweredLook, _ agenda: Agenda, _ context: PostingContext) async throws {
        let now = clock.now
        var settling = LookSettling()
        for due in look.due {
            let export = due.export
            let left = horizonLeft(of: export, at: look.beganElapsed)
            switch LookMatching.finding(export, among: look.documents(numberedAs: export)) {
            case .absent where isOver(left, look.kind, agenda): settling.unmarked.append(due)
            case .absent where left <= .zero:
                let wait = agenda.sending.breaker.isClosed ? Self.otherLook : lookWait(agenda.sending)
                settling.add(try waitForOtherLook(export, next: wait, at: now), nextLookAfter: wait)
            case .absent:
                let wait = waitWhileEarly(left, agenda.sending)
                settling.add(try tooEarly(export, next: wait, at: now), nextLookAfter: wait)
            case let finding: try settling.note(finding, of: export, lookBegan: look.began, at: now)
            }
        }
        var next = agenda.sending
        if settling.leavesDoubt { next.breaker.apply(.looked) }
        noteFound(settling, &next, context.connection)
        let search: MarkerLookChange =
            settling.unmarked.isEmpty ? .none : .to(markerLook(look, for: settling.unmarked, agenda))
        try await storage.settle(
            Settlement(changes: settling.changes, sending: next, markerLook: search), lease: context.lease, at: now)
        if let wait = settling.wait { waitToLook(context.connection, wait) }
        // Only what was found under its number is counted with it: a document found by its marker alone has another
        // number now.
        let found = Set(settling.foundSerials)
        wasPosted(look.exports.filter { found.contains($0.serial) }, to: context.connection, foundByLook: true)
        waitForOwnRequest(look, found, context.connection)
        tell(settling, looked: look.due.count, context.connection)
        try await stopAtDoubles(settling, look, context.connection)
    }

    /// Two documents with one of our numbers and its marker show another poster, as the count before an envelope does.
    private func stopAtDoubles(
        _ settling: LookSettling, _ look: AnsweredLook, _ connection: Connection.ID
    ) async throws {
        guard !settling.doubles.isEmpty else { return }
        let other = OtherPoster(
            look.documents.compactMap(MarkedDocument.init), about: [], known: look.exports,
            told: try await storage.toldDocuments(on: connection))
        if other.isThere { try await stopPosting(other, on: connection) }
    }

    /// A look by marker may begin once the horizon is over, unless another one is under way that can't take it along.
    private func isOver(_ horizonLeft: Duration, _ kind: DocumentKind, _ agenda: Agenda) -> Bool {
        horizonLeft <= .zero && (agenda.markerLook.map { $0.kind == kind && $0.canGather } ?? true)
    }

    private func waitWhileEarly(_ left: Duration, _ sending: SendingState) -> Duration {
        let wait = lookWait(sending)
        // When the horizon ends soon after the next look would be due, that look waits until then, because only then
        // can it prove absence. The time without calls leaves room in the pace for this look, for the look by marker
        // and for the document that goes alone.
        return left > .zero && left - wait < .seconds(45) ? left : wait
    }

    /// The document is not there yet; before the horizon is over, that proves nothing.
    private func tooEarly(_ export: Export, next: Duration, at now: Date) throws -> ExportChange {
        try export.change(
            .notFound(lookBegan: now, isProven: false, nextLook: now.addingTimeInterval(next.seconds)),
            "Looked: not in QuickBooks yet", at: now)
    }

    /// The export can't join the look by marker that is under way any more, and asking for its number again proves
    /// nothing.
    private func waitForOtherLook(_ export: Export, next: Duration, at now: Date) throws -> ExportChange {
        try export.change(
            .notFound(lookBegan: now, isProven: false, nextLook: now.addingTimeInterval(next.seconds)),
            "Looked: not there under its number; waits until the look by marker that is under way has ended", at: now)
    }

    private static let otherLook = Duration.seconds(120)

    /// Documents whose number somebody changed still carry our marker.
    private func markerLook(_ answered: AnsweredLook, for absent: [DueLook], _ agenda: Agenda) -> MarkerLook {
        let firstSent = absent.map(\.firstSentAt).min() ?? answered.began
        let doubts = absent.compactMap(\.export.progress.lastDoubt)
        let span = CreationSpan(
            firstSent: firstSent, lastDoubt: doubts.max() ?? firstSent, horizon: settings.inFlightHorizon)
        let look = MarkerLook(
            answered.kind, began: answered.began, span: span, serials: absent.map(\.export.serial))
        return agenda.markerLook.map { $0.joined(by: look) } ?? look
    }
}

/// The look by marker, a page at a time.
extension Exporter {
    /// The pages of a long look follow each other at Intuit's pace, so that the first ones are not outdated at its end.
    func readPage(of look: MarkerLook, _ agenda: Agenda, _ context: PostingContext) async throws -> Wake {
        let (now, sought) = (clock.now, agenda.sought)
        guard !sought.isEmpty else {
            try await storage.settle(Settlement(changes: [], markerLook: .ended), lease: context.lease, at: now)
            return .now
        }
        if let wake = reservePage(of: look, agenda.sending, context) { return wake }
        lookedLast.insert(context.connection)
        let answer = await ledger.documents(
            look.kind, createdIn: look.span, from: look.position, size: look.pageSize, marked: sought.map(\.id),
            access: context.access)
        switch answer {
        // The position reached is stored already.
        case .notExecuted(let reason): return try await notExecuted(reason, context)
        case .failed(let reason):
            logEvents.emit(.lookFailed(connection: context.connection, documents: sought.count, reason: reason))
            let run = failed(context.connection)
            if !look.hasBegun { forgetOutageCall(context.connection, madeAgainAfter: run.wait(at: clock.elapsed)) }
            var next = look
            next.pageFailed(timesInARow: run.waits + 1)
            try await storage.settle(Settlement(changes: [], markerLook: .to(next)), lease: context.lease, at: now)
            return try await retryLater(context, reason: reason)
        case .answer(let page):
            try await settle(page, of: look, sought, agenda.sending, context)
            try await worked(context)
            return .now
        }
    }

    /// An outage delays a look's first page only.
    private func reservePage(of look: MarkerLook, _ sending: SendingState, _ context: PostingContext) -> Wake? {
        guard look.hasBegun else { return reserve(.single, sending, context) }
        let now = clock.now
        let start = ledger.reserve(.single, for: context.connection, now: now)
        return start <= now ? nil : .at(start)
    }

    private func settle(
        _ page: MarkerPage, of look: MarkerLook, _ sought: [Export], _ sending: SendingState, _ context: PostingContext
    ) async throws {
        let now = clock.now
        var next = look
        var settling = LookSettling()
        guard next.read(page, for: sought) == .finished else {
            try await storage.settle(Settlement(changes: [], markerLook: .to(next)), lease: context.lease, at: now)
            return
        }
        for export in sought {
            let sightings = next.sightings.filter { $0.serial == export.serial }
            try settling.note(
                LookMatching.finding(of: export, among: sightings) ?? .absent, of: export, lookBegan: look.began,
                at: now)
        }
        var sending = sending
        noteFound(settling, &sending, context.connection)
        try await storage.settle(
            Settlement(changes: settling.changes, sending: sending, markerLook: .ended), lease: context.lease, at: now)
        tell(settling, looked: sought.count, context.connection)
    }

    /// The request of a document that was found was carried out, so this is no outage: waits and pace begin anew.
    private func noteFound(_ settling: LookSettling, _ sending: inout SendingState, _ connection: Connection.ID) {
        guard settling.foundSome else { return }
        sending.breaker.apply(.found)
        beginPaceAnew(connection)
    }

    private func tell(_ settling: LookSettling, looked: Int, _ connection: Connection.ID) {
        for change in settling.changes where change.to.lastDoubt == nil || change.to.state.name == .exported {
            forget(doubtOf: change.serial)
        }
        let found = settling.found
        logEvents.emit(.looked(connection: connection, documents: looked, found: found))
        for serial in settling.doubles { logEvents.emit(.doubleFound(connection: connection, export: serial)) }
    }
}

/// A look by number, with what it found.
struct AnsweredLook {
    let kind: DocumentKind
    let due: [DueLook]
    let documents: [FoundDocument]
    let began: Date
    let beganElapsed: Duration

    var exports: [Export] { due.map(\.export) }

    func documents(numberedAs export: Export) -> [FoundDocument] {
        documents.filter { $0.number == export.documentNumber.text }
    }
}

/// The outcome of a look for each export it was for.
private struct LookSettling {
    var changes: [ExportChange] = []
    /// Under their numbers nothing was found; their markers are looked for.
    var unmarked: [DueLook] = []
    /// Exports with two documents.
    var doubles: [Int64] = []

    /// How long until the next look at what is not there yet; nil when all is settled.
    var wait: Duration?

    var foundSerials: [Int64] { changes.filter { $0.to.state.name == .exported }.map(\.serial) }
    var found: Int { foundSerials.count }
    var foundSome: Bool { found > 0 }

    var leavesDoubt: Bool { changes.contains { $0.to.state.name == .checking } }

    mutating func note(_ finding: Finding, of export: Export, lookBegan: Date, at now: Date) throws {
        switch finding {
        case .ours(let receipt):
            add(try export.change(.found(receipt), "Found in QuickBooks as document \(receipt.documentID)", at: now))
        case .foreign(let documentID, let explanation):
            add(
                try export.change(
                    .foundForeign(documentID: documentID, explanation: explanation), explanation, at: now))
        case .double(let documentIDs):
            let words = LookMatching.doubleWords(documentIDs, export.kind)
            doubles.append(export.serial)
            add(
                try export.change(
                    .foundForeign(documentID: documentIDs.joined(separator: ", "), explanation: words), words, at: now))
        case .absent:
            add(
                try export.change(
                    .notFound(lookBegan: lookBegan, isProven: true, nextLook: now), at: now, LookMatching.absentWords))
        }
    }

    private mutating func add(_ change: ExportChange) { changes.append(change) }

    /// A document that is not there yet, and how long until it is looked for again.
    mutating func add(_ change: ExportChange, nextLookAfter length: Duration) {
        add(change)
        wait = min(wait ?? length, length)
    }
}
