// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Exporter {
    /// Resolves, composes, commits the envelope, sends it, settles.
    func sendPending(_ pending: [PostingUnit], _ post: Post) async throws -> Wake {
        let resolved: [ResolvedUnit]
        switch try await resolve(pending, post) {
        case .later(let wake): return wake
        case .units(let units): resolved = fitting(units)
        }
        guard !resolved.isEmpty else { return .now }
        if let wake = try await waitForOtherPoster(resolved.map(\.export), post) { return wake }
        let now = clock.now
        let start = ledger.reserve(.batch, for: post.connection, now: now)
        guard start <= now else { return .at(start) }
        // Reading the catalog may have taken its time; a lease that no longer outlasts a call is claimed anew.
        guard holds(post.lease) else { return .now }
        let envelope = try envelope(of: resolved, post, at: now)
        let changes = resolved.map { unit in
            ExportChange(
                serial: unit.export.serial, from: unit.export.progress,
                to: ExportProgress(
                    state: .exporting, lastDoubt: unit.export.progress.lastDoubt,
                    absentAt: unit.export.progress.absentAt),
                note: ExportNote(at: now, text: "Put in an envelope (request \(envelope.requestID))"))
        }
        try await storage.open(envelope, changes: changes, lease: post.lease, at: now)
        let exports = resolved.map { unit -> Export in
            var export = unit.export
            export.progress.state = .exporting
            return export
        }
        return try await send(OpenEnvelope(envelope: envelope, exports: exports), post)
    }

    /// As many as one request should hold; one that was refused with others goes out by itself.
    private func fitting(_ units: [ResolvedUnit]) -> [ResolvedUnit] {
        if let single = units.first, alone.contains(single.export.serial) { return [single] }
        var lines = 0
        var fitting: [ResolvedUnit] = []
        for unit in units {
            lines += unit.lines.count
            guard fitting.isEmpty || lines <= Self.mostLines, !alone.contains(unit.export.serial) else { break }
            fitting.append(unit)
        }
        return fitting
    }

    /// About 400 kB, well below the megabyte that others report as Intuit's limit of a body.
    private static let mostLines = 1_200

    /// The same bytes and request id again, after a known non-execution.
    func resend(_ open: OpenEnvelope, _ post: Post) async throws -> Wake {
        let now = clock.now
        let start = ledger.reserve(.batch, for: post.connection, now: now)
        guard start <= now else { return .at(start) }
        try await storage.resend(open.envelope.requestID, lease: post.lease, at: now)
        return try await send(open, post)
    }

    private func envelope(of units: [ResolvedUnit], _ post: Post, at now: Date) throws -> Envelope {
        let requestID = randomness.bytes(16).map(Desk.hex).joined()
        let request = try ledger.compose(units, company: post.token.company, requestID: requestID)
        let items = units.map { unit in
            Envelope.Item(
                exportSerial: unit.export.serial, exportID: unit.export.id, batchItemID: unit.export.batchItemID,
                documentNumber: unit.export.documentNumber, date: unit.export.date, total: unit.export.total)
        }
        return Envelope(
            requestID: requestID, connection: post.connection, request: request, items: items, preparedAt: now)
    }

    private func send(_ open: OpenEnvelope, _ post: Post) async throws -> Wake {
        guard holds(post.lease) else { throw LeaseLost() }
        switch await ledger.send(open.envelope, access: post.access) {
        case .notExecuted(let reason):
            if let text = takingBack(reason, post) {
                try await takeBack(open, text, nil, post.lease)
                return try await notExecuted(reason, post)
            }
            let settlement = Settlement(requestID: open.envelope.requestID, phase: .ready, changes: [])
            try await storage.settle(settlement, lease: post.lease, at: clock.now)
            return try await notExecuted(reason, post)
        case .refusedAsWhole(let refusal):
            alone.formUnion(open.exports.map(\.serial))
            let text = "Refused together with others (\(refusal.explanation)); sent by itself"
            try await takeBack(open, text, refusal.intuitTID, post.lease)
            return .now
        case .unknown(let reason):
            try await doubt(open, reason: reason, post.lease)
            return .now
        case .answered(let outcomes, let tid):
            notices.emit(.sent(connection: post.connection, documents: open.exports.count, intuitTID: tid))
            try await settle(open, outcomes, tid: tid, post.lease)
            try await worked(post, wrote: true)
            return .now
        }
    }

    /// Why the exports of an envelope that was not carried out go back to Pending; nil when the envelope goes
    /// again in a moment.
    private func takingBack(_ reason: NotExecuted, _ post: Post) -> String? {
        switch reason {
        // Intuit may answer the same request the same way for weeks; a new one goes out when it is over.
        case .subscriptionLapsed: "Waiting for connection: the subscription doesn't allow writing"
        case .notAllowed: "Waiting for connection: the plan or the rights don't allow writing"
        case .forbidden: "Waiting for connection: QuickBooks refused access to the company"
        case .environmentMissing: "Waiting for connection: its environment is not configured"
        case .unreachable: isOutOfReach(post.connection) ? "Waiting for connection: out of reach" : nil
        case .throttled, .unauthorized: nil
        }
    }

    /// Nothing of the envelope was booked: its exports wait for a new one.
    func takeBack(_ open: OpenEnvelope, _ text: String, _ tid: String?, _ lease: Lease) async throws {
        let now = clock.now
        let changes = try open.exports.map { try $0.change(.notBooked, text, at: now, tid: tid) }
        try await storage.settle(
            Settlement(requestID: open.envelope.requestID, changes: changes), lease: lease, at: now)
    }

    private func settle(
        _ open: OpenEnvelope, _ outcomes: [String: ItemOutcome], tid: String?, _ lease: Lease
    ) async throws {
        let now = clock.now
        let changes = try open.exports.map { export in
            let outcome = outcomes[export.batchItemID] ?? .unknown(reason: "the answer leaves this document out")
            return try change(export, outcome, tid: tid, at: now)
        }
        try await storage.settle(
            Settlement(requestID: open.envelope.requestID, changes: changes), lease: lease, at: now)
        let posted = Set(changes.filter { $0.to.state.name == .exported }.map(\.serial))
        lastPosted[lease.connection] = open.exports.filter { posted.contains($0.serial) }.map(\.documentNumber)
        for change in changes {
            notices.emit(.settled(export: change.serial, state: change.to.state.name))
            if change.to.state.name == .checking { remember(doubtOf: [change.serial]) }
            alone.remove(change.serial)
        }
    }

    private func change(_ export: Export, _ outcome: ItemOutcome, tid: String?, at now: Date) throws -> ExportChange {
        switch outcome {
        case .posted(let receipt):
            return try export.change(.posted(receipt), "Exported as document \(receipt.documentID)", at: now, tid: tid)
        case .refused(let refusal):
            return try export.change(.refused(refusal), refusal.explanation, at: now, tid: tid)
        case .numberTaken where !numberTaken.insert(export.serial).inserted:
            let refusal = Refusal(code: "6140", explanation: Self.numberTakenWords(export), intuitTID: tid)
            return try export.change(.refused(refusal), refusal.explanation, at: now, tid: tid)
        case .numberTaken:
            let text = "QuickBooks has a document with this number already; looking whether it is ours"
            return try export.change(.outcomeUnknown(end: now, firstLook: now), text, at: now, tid: tid)
        case .unknown(let reason):
            return try export.change(
                unknown(at: now), "No certain answer (\(reason)); looking it up", at: now, tid: tid)
        }
    }

    private static func numberTakenWords(_ export: Export) -> String {
        """
        QuickBooks Online says that the number \(export.documentNumber) is used by another document, which is not a \
        journal entry of Daybook's. Give that document another number, then press Reset for export.
        """
    }

    /// Every export of an envelope whose outcome nobody knows becomes Checking; the envelope is never sent again.
    func doubt(_ open: OpenEnvelope, reason: String, _ lease: Lease) async throws {
        let now = clock.now
        let changes = try open.exports.map { export in
            try export.change(unknown(at: now), "No certain answer (\(reason)); looking it up", at: now)
        }
        try await storage.settle(
            Settlement(requestID: open.envelope.requestID, changes: changes), lease: lease, at: now)
        remember(doubtOf: changes.map(\.serial))
        notices.emit(
            .outcomeUnknown(connection: open.envelope.connection, documents: changes.count, reason: reason))
    }

    private func unknown(at end: Date) -> ExportEvent {
        .outcomeUnknown(end: end, firstLook: end.addingTimeInterval(settings.firstLook.seconds))
    }
}

extension Export {
    /// The change an event makes, with its line of history.
    func change(_ event: ExportEvent, _ text: String, at: Date, tid: String? = nil) throws(ExportEventRefused)
        -> ExportChange
    {
        var next = progress
        try next.apply(event)
        return ExportChange(
            serial: serial, from: progress, to: next, note: ExportNote(at: at, text: text, intuitTID: tid))
    }
}
