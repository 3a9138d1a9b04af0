// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Exporter {
    /// Resolves, composes, commits the envelope, sends it, settles.
    func sendPending(_ pending: [PostingUnit], _ post: Post) async throws -> Wake {
        let resolved: [ResolvedUnit]
        switch try await resolve(pending, post) {
        case .later(let wake): return wake
        case .units(let units): resolved = units
        }
        guard !resolved.isEmpty else { return .now }
        let now = clock.now
        let start = ledger.reserve(resolved.count > 1 ? .batch : .single, for: post.connection, now: now)
        guard start <= now else { return .at(start) }
        // Reading the catalog may have taken its time; a lease that no longer outlasts a call is claimed anew.
        guard holds(post.lease) else { return .now }
        let envelope = try envelope(of: resolved, post, at: now)
        let changes = resolved.map { unit in
            ExportChange(
                serial: unit.export.serial, from: unit.export.progress,
                to: ExportProgress(state: .exporting, lastDoubt: unit.export.progress.lastDoubt),
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

    /// The same bytes and request id again, after a known non-execution.
    func resend(_ open: OpenEnvelope, _ post: Post) async throws -> Wake {
        let now = clock.now
        let start = ledger.reserve(open.envelope.items.count > 1 ? .batch : .single, for: post.connection, now: now)
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
            let settlement = Settlement(requestID: open.envelope.requestID, phase: .ready, changes: [])
            try await storage.settle(settlement, lease: post.lease, at: clock.now)
            return try await notExecuted(reason, post)
        case .unknown(let reason):
            try await doubt(open, reason: reason, post.lease)
            return .now
        case .answered(let outcomes, let tid):
            notices.emit(.sent(connection: post.connection, documents: open.exports.count, intuitTID: tid))
            try await settle(open, outcomes, tid: tid, post.lease)
            try await worked(post)
            return .now
        }
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
        for change in changes { notices.emit(.settled(export: change.serial, state: change.to.state.name)) }
    }

    private func change(_ export: Export, _ outcome: ItemOutcome, tid: String?, at now: Date) throws -> ExportChange {
        switch outcome {
        case .posted(let receipt):
            return try export.change(.posted(receipt), "Exported as document \(receipt.documentID)", at: now, tid: tid)
        case .refused(let refusal):
            return try export.change(.refused(refusal), refusal.explanation, at: now, tid: tid)
        case .numberTaken:
            let text = "QuickBooks has a document with this number already; looking whether it is ours"
            return try export.change(.outcomeUnknown(end: now, firstLook: now), text, at: now, tid: tid)
        case .unknown(let reason):
            return try export.change(
                unknown(at: now), "No certain answer (\(reason)); looking it up", at: now, tid: tid)
        }
    }

    /// Every export of an envelope whose outcome nobody knows becomes Checking; the envelope is never sent again.
    func doubt(_ open: OpenEnvelope, reason: String, _ lease: Lease) async throws {
        let now = clock.now
        let changes = try open.exports.map { export in
            try export.change(unknown(at: now), "No certain answer (\(reason)); looking it up", at: now)
        }
        try await storage.settle(
            Settlement(requestID: open.envelope.requestID, changes: changes), lease: lease, at: now)
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
