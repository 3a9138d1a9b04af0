// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Exporter {
    /// Resolves, composes, commits the envelope, sends it, settles.
    func send(_ next: [PostingUnit], of agenda: Agenda, _ context: PostingContext) async throws -> Wake {
        let resolved: [ResolvedUnit]
        switch try await resolve(next, agenda.sending, context) {
        case .later(let wake): return wake
        case .units(let units): resolved = Self.fitting(units, agenda.sending)
        }
        guard !resolved.isEmpty else { return .now }
        if !wasLookedFor(resolved, agenda.sending),
            let wake = try await waitForOtherPoster(resolved.map(\.export), agenda.sending, context)
        {
            return wake
        }
        if let wake = reserve(.batch, agenda.sending, context) { return wake }
        let now = clock.now
        // Reading the catalog may have taken its time: the lease has to outlast the call from here on.
        guard let lease = try await lease(on: context.connection) else { return .at(now.addingTimeInterval(5)) }
        guard lease.generation == context.lease.generation else { return .now }
        let context = PostingContext(connection: context.connection, token: context.token, lease: lease)
        let envelope = try envelope(of: resolved, context, at: now)
        let changes = try resolved.map { unit in
            try unit.export.change(.enveloped, "Put in an envelope (request \(envelope.requestID))", at: now)
        }
        try await noting("Daybook could not write to its disk that it was about to send it", for: envelope) {
            try await storage.open(envelope, changes: changes, lease: lease, at: now)
        }
        let exports = zip(resolved, changes).map { unit, change -> Export in
            var export = unit.export
            export.progress = change.to
            return export
        }
        let open = OpenEnvelope(envelope: envelope, exports: exports)
        return try await send(open, agenda, context)
    }

    /// Whether the envelope holds the one document that goes alone after a look has just proven it absent.
    private func wasLookedFor(_ units: [ResolvedUnit], _ sending: SendingState) -> Bool {
        guard !sending.breaker.isClosed, units.count == 1, let attempts = units.first?.export.progress.attempts else {
            return false
        }
        return attempts.latestUnanswered != nil
    }

    /// As many units as one request should hold, and no more than were accepted lately.
    ///
    /// A suspect goes alone, after the others.
    static func fitting(_ units: [ResolvedUnit], _ sending: SendingState) -> [ResolvedUnit] {
        let answered = sending.answeredAt
        let usual = units.filter { !$0.export.progress.attempts.isSuspect(companyAnswered: answered) }
        guard let first = usual.first else { return Array(units.prefix(1)) }
        guard sending.breaker.isClosed else { return [probe(among: usual, first)] }
        if first.export.progress.attempts.goesAlone { return [first] }
        var lines = 0
        var fitting: [ResolvedUnit] = []
        for unit in usual.prefix(sending.envelopeLimit ?? usual.count) {
            lines += unit.document.lineCount
            guard fitting.isEmpty || lines <= mostLines, !unit.export.progress.attempts.goesAlone else { break }
            fitting.append(unit)
        }
        return fitting
    }

    /// After an unanswered envelope, one of its documents goes first: the one whose latest unanswered attempt is
    /// longest ago.
    private static func probe(among units: [ResolvedUnit], _ first: ResolvedUnit) -> ResolvedUnit {
        let unanswered = units.filter { $0.export.progress.attempts.latestUnanswered != nil }
        return unanswered.min {
            $0.export.progress.attempts.latestUnanswered ?? .distantPast
                < $1.export.progress.attempts.latestUnanswered ?? .distantPast
        } ?? first
    }

    /// About 400 kB, well below the megabyte that others report as Intuit's limit of a body.
    private static let mostLines = 1_200

    /// Sends the same bytes with the same request id again, after a call that was certainly not carried out.
    func resend(_ open: OpenEnvelope, _ agenda: Agenda, _ context: PostingContext) async throws -> Wake {
        let now = clock.now
        if let wake = reserve(.batch, agenda.sending, context) { return wake }
        do {
            try await storage.resend(open.envelope.requestID, lease: context.lease, at: now)
        } catch is CompanyChanged {
            try await takeBack(open, "The connection belongs to another company now", context.lease)
            return .now
        }
        return try await send(open, agenda, context)
    }

    private func envelope(of units: [ResolvedUnit], _ context: PostingContext, at now: Date) throws -> Envelope {
        let requestID = randomness.bytes(16).map(Desk.hex).joined()
        let request = try ledger.compose(units, company: context.token.company, requestID: requestID)
        let items = units.map { unit in
            Envelope.Item(
                exportSerial: unit.export.serial, exportID: unit.export.id, batchItemID: unit.export.batchItemID,
                kind: unit.export.kind, operation: unit.operation, documentNumber: unit.export.documentNumber,
                date: unit.export.date, total: unit.export.total)
        }
        return Envelope(
            requestID: requestID, connection: context.connection, realmID: context.token.company.realmID,
            request: request,
            items: items, preparedAt: now)
    }

    private func send(_ open: OpenEnvelope, _ agenda: Agenda, _ context: PostingContext) async throws -> Wake {
        guard holds(context.lease) else { throw LeaseLost() }
        let outcome = await ledger.send(open.envelope, access: context.access)
        return try await noting("Daybook could not write to its disk what QuickBooks answered", for: open.envelope) {
            try await settle(outcome, of: open, agenda, context)
        }
    }

    private func settle(
        _ outcome: SendOutcome, of open: OpenEnvelope, _ agenda: Agenda, _ context: PostingContext
    ) async throws -> Wake {
        switch outcome {
        case .notExecuted(.tooLarge): return try await tooLarge(open, agenda, context)
        case .notExecuted(let reason):
            if let text = takingBack(reason, context) {
                try await takeBack(open, text, context.lease)
                return try await notExecuted(reason, context)
            }
            let settlement = Settlement(requestID: open.envelope.requestID, phase: .ready, changes: [])
            try await storage.settle(settlement, lease: context.lease, at: clock.now)
            return try await notExecuted(reason, context)
        case .refusedAsWhole(let refusal):
            let text = "Refused together with others (\(refusal.explanation)); sent by itself"
            try await takeBack(open, text, context.lease, as: .refusedAsWhole, tid: refusal.intuitTID)
            return .now
        case .unknown(let reason):
            let silence = Silence.quickBooks(companyAnswered: agenda.sending.answeredAt)
            try await doubt(open, reason: reason, silence, agenda.sending, context.lease)
            return .now
        case .answered(let outcomes, let tid):
            logEvents.emit(
                .sent(
                    connection: context.connection, exports: open.exports.map(\.serial),
                    envelope: open.envelope.requestID, intuitTID: tid))
            try await settle(open, outcomes, tid: tid, agenda.sending, context.lease)
            try await worked(context, wrote: true)
            return .now
        }
    }

    /// Why the exports of an envelope that was not carried out go back to Pending; nil when the envelope goes
    /// again in a moment.
    private func takingBack(_ reason: NotExecuted, _ context: PostingContext) -> String? {
        switch reason {
        // Intuit may give a request id the same answer for weeks; a new request goes out when the trouble is over.
        case .subscriptionLapsed: "Waiting for connection: the subscription doesn't allow writing"
        case .notAllowed: "Waiting for connection: the plan or the rights don't allow writing"
        case .forbidden: "Waiting for connection: QuickBooks refused access to the company"
        case .environmentMissing: "Waiting for connection: its environment is not configured"
        case .unreachable: isOutOfReach(context.connection) ? "Waiting for connection: out of reach" : nil
        case .throttled, .unauthorized, .tooLarge: nil
        }
    }

    /// Nothing of the envelope was booked: its exports wait for a new one.
    func takeBack(
        _ open: OpenEnvelope, _ text: String, _ lease: Lease, as event: ExportEvent = .notBooked, tid: String? = nil,
        sending: SendingState? = nil
    ) async throws {
        let now = clock.now
        let changes = try open.exports.map { try $0.change(event, text, at: now, tid: tid) }
        try await storage.settle(
            Settlement(requestID: open.envelope.requestID, changes: changes, sending: sending), lease: lease, at: now)
    }

    private func settle(
        _ open: OpenEnvelope, _ outcomes: [String: ItemOutcome], tid: String?, _ sending: SendingState, _ lease: Lease
    ) async throws {
        let now = clock.now
        let items = open.exports.map { export in
            (export, outcomes[export.batchItemID] ?? .unknown(reason: "the answer leaves this document out"))
        }
        let changes = try items.map { try change($0, $1, tid: tid, sending, at: now) }
        let next = after(items.map(\.1), of: open, sending, at: now)
        try await storage.settle(
            Settlement(requestID: open.envelope.requestID, changes: changes, sending: next), lease: lease, at: now)
        let posted = Set(changes.filter { $0.to.state.name == .exported }.map(\.serial))
        wasPosted(open.exports.filter { posted.contains($0.serial) }, to: lease.connection)
        for change in changes {
            logEvents.emit(.settled(export: change.serial, state: change.to.state.name))
            if change.to.state.name == .checking { remember(doubtOf: [change.serial]) }
        }
        if items.contains(where: \.1.isUnknown) { waitToLook(lease.connection, firstLookWait(sending)) }
        tellBreaker(of: open.envelope.connection, from: sending, to: next)
    }

    /// An envelope of which a part is unknown is an unanswered one.
    private func after(
        _ outcomes: [ItemOutcome], of open: OpenEnvelope, _ sending: SendingState, at now: Date
    ) -> SendingState {
        var next = sending
        if outcomes.contains(where: \.isUnknown) {
            next.breaker.apply(.outcomeUnknown(requestID: open.envelope.requestID, at: now))
        } else {
            next.wasAnswered(at: now, documents: outcomes.count, capacity: ledger.envelopeCapacity)
        }
        return next
    }

    private func change(
        _ export: Export, _ outcome: ItemOutcome, tid: String?, _ sending: SendingState, at now: Date
    ) throws -> ExportChange {
        switch outcome {
        case .posted(let receipt):
            return try export.change(.posted(receipt), "Exported as document \(receipt.documentID)", at: now, tid: tid)
        case .refused(let refusal):
            return try export.change(.refused(refusal), refusal.explanation, at: now, tid: tid)
        case .numberTaken:
            let refusal = Refusal(code: "6140", explanation: Self.numberTakenWords(export), intuitTID: tid)
            let text =
                export.progress.attempts.isNumberTaken
                ? refusal.explanation
                : "QuickBooks has a document with this number already; looking whether it is ours"
            return try export.change(.numberTaken(refusal, now: now), text, at: now, tid: tid)
        case .unknown(let reason):
            return try export.change(
                unknown(at: now, .quickBooks(companyAnswered: sending.answeredAt), sending),
                "No certain answer (\(reason)); looking it up", at: now, tid: tid)
        }
    }

    private static func numberTakenWords(_ export: Export) -> String {
        """
        QuickBooks Online says that the number \(export.documentNumber) is used by another document, which is not a \
        \(export.kind.title) of Daybook's. Give that document another number, then press Reset for export.
        """
    }

    /// Every export of an envelope of unknown outcome becomes Checking; the envelope is never sent again, and nothing
    /// else is sent until it is settled.
    func doubt(
        _ open: OpenEnvelope, reason: String, _ silence: Silence, _ sending: SendingState, _ lease: Lease
    ) async throws {
        let now = clock.now
        var next = sending
        next.breaker.apply(.outcomeUnknown(requestID: open.envelope.requestID, at: now))
        let event = unknown(at: now, silence, sending)
        let changes = try open.exports.map { export in
            try export.change(event, "No certain answer (\(reason)); looking it up", at: now)
        }
        try await storage.settle(
            Settlement(requestID: open.envelope.requestID, changes: changes, sending: next), lease: lease, at: now)
        remember(doubtOf: changes.map(\.serial))
        waitToLook(lease.connection, firstLookWait(sending))
        failed(open.envelope.connection)
        logEvents.emit(
            .outcomeUnknown(
                connection: open.envelope.connection, exports: changes.map(\.serial),
                envelope: open.envelope.requestID, reason: reason))
        tellBreaker(of: open.envelope.connection, from: sending, to: next)
    }

    private func unknown(at end: Date, _ silence: Silence, _ sending: SendingState) -> ExportEvent {
        .outcomeUnknown(end: end, firstLook: end.addingTimeInterval(firstLookWait(sending).seconds), silence)
    }

    private func firstLookWait(_ sending: SendingState) -> Duration {
        min(sending.breaker.lookWait, settings.inFlightHorizon)
    }

    func tellBreaker(of connection: Connection.ID, from: SendingState, to next: SendingState) {
        guard from.breaker.isClosed != next.breaker.isClosed else { return }
        if next.breaker.isClosed { endOutage(connection) }
        logEvents.emit(
            next.breaker.isClosed ? .sendingResumed(connection: connection) : .sendingStopped(connection: connection))
    }
}

extension ItemOutcome {
    fileprivate var isUnknown: Bool { if case .unknown = self { true } else { false } }
}

extension Export {
    /// The change an event makes, with its line of history.
    func change(_ event: ExportEvent, _ text: String, at: Date, tid: String? = nil) throws(ExportEventRefused)
        -> ExportChange
    {
        try change(event, at: at, tid: tid) { _ in text }
    }

    /// The change an event makes, with a line of history that may depend on what the state machine decides.
    func change(
        _ event: ExportEvent, at: Date, tid: String? = nil, _ text: (ExportProgress) -> String
    ) throws(ExportEventRefused) -> ExportChange {
        var next = progress
        try next.apply(event)
        return ExportChange(
            serial: serial, from: progress, to: next, note: ExportNote(at: at, text: text(next), intuitTID: tid))
    }
}
