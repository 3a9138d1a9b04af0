// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Finds out whether another copy of the data folder is running, which would post the same documents a second time.
extension Exporter {
    /// Counts, before each envelope, the documents with its numbers and with those of envelopes before it.
    ///
    /// If there are more than those envelopes' own, another program may be posting our documents: they are read and
    /// judged.
    ///
    /// - Returns: Nil when the envelope may go out.
    func waitForOtherPoster(_ units: [Export], _ sending: SendingState, _ context: PostingContext) async throws -> Wake?
    {
        let serials = units.map(\.serial)
        if let counted = counted[context.connection], counted.serials == serials,
            clock.elapsed - counted.at < Self.countHolds
        {
            return nil
        }
        let asked = clock.elapsed
        // An envelope holds documents of one kind.
        guard let kind = units.first?.kind else { return nil }
        let earlier = posted[context.connection]?[kind]?.toCount(at: asked, settings.inFlightHorizon) ?? []
        let numbers = earlier + units.map(\.documentNumber)
        if toMeet[context.connection] == serials { return try await meet(kind, numbers, units, sending, context) }
        if let wake = reserve(.single, sending, context) { return wake }
        switch await ledger.count(kind, numbered: numbers, access: context.access) {
        case .notExecuted(let reason): return try await notExecuted(reason, context)
        case .failed(let reason): return try await retryLater(context, reason: reason)
        case .answer(let count) where count <= earlier.count:
            wasCounted(serials, kind, with: earlier, at: asked, context.connection)
            return nil
        case .answer:
            // The pace may want a moment before the next question.
            toMeet[context.connection] = serials
            return try await meet(kind, numbers, units, sending, context)
        }
    }

    /// How long a count holds: the pace may want a moment between the count and the envelope.
    private static let countHolds = Duration.seconds(3)

    private func meet(
        _ kind: DocumentKind, _ numbers: [DocumentNumber], _ units: [Export], _ sending: SendingState,
        _ context: PostingContext
    ) async throws -> Wake? {
        let asked = clock.elapsed
        if let wake = reserve(.single, sending, context) { return wake }
        switch await ledger.marked(kind, numbered: numbers, access: context.access) {
        case .notExecuted(let reason): return try await notExecuted(reason, context)
        case .failed(let reason): return try await retryLater(context, reason: reason)
        case .answer(let documents):
            toMeet[context.connection] = nil
            let other = OtherPoster(
                documents, about: units, known: try await known(documents, to: context.connection),
                told: try await storage.toldDocuments(on: context.connection),
                lastBefore: lastBookedBeforeStart(context.connection))
            if let wake = try await judge(other, units, context) { return wake }
            // Documents that others made have the numbers; a refusal or a look will report that.
            wasCounted(units.map(\.serial), kind, with: numbers, at: asked, context.connection)
            return nil
        }
    }

    /// Exports that QuickBooks has now, by its answer or by a look.
    func wasPosted(_ exports: [Export], to connection: Connection.ID, foundByLook: Bool = false) {
        for (kind, exports) in Dictionary(grouping: exports, by: \.kind) {
            posted[connection, default: [:]][kind, default: PostedNumbers()].add(
                exports.map(\.documentNumber), at: clock.elapsed, foundByLook: foundByLook)
        }
    }

    /// A look found documents of ours that another request wrote, while our own may still be booked beside them.
    ///
    /// The next envelope waits until our own request certainly is booked or is not; then the count before that envelope
    /// sees both documents. A document that names our own request needs no wait: of two senders, the one that looks
    /// later finds the document of the other.
    func waitForOwnRequest(_ look: AnsweredLook, _ found: Set<Int64>, _ connection: Connection.ID) {
        let left = look.due.filter { due in
            found.contains(due.export.serial)
                && look.documents(numberedAs: due.export).contains {
                    $0.isWrittenElsewhere(than: due.requestID, for: due.export.id)
                }
        }.map { horizonLeft(of: $0.export, at: clock.elapsed) }
        guard let longest = left.max(), longest > ownRequestLeft(connection) ?? .zero else { return }
        ownRequests[connection] = ExporterWait(from: clock.elapsed, length: longest)
    }

    /// How long the next envelope waits for our own request; nil when it need not.
    func ownRequestLeft(_ connection: Connection.ID) -> Duration? {
        guard let left = ownRequests[connection]?.left(at: clock.elapsed), left > .zero else { return nil }
        return left
    }

    private func wasCounted(
        _ serials: [Int64], _ kind: DocumentKind, with numbers: [DocumentNumber], at asked: Duration,
        _ connection: Connection.ID
    ) {
        counted[connection] = (serials, clock.elapsed)
        posted[connection]?[kind]?.wereCounted(numbers, at: asked, settings.inFlightHorizon)
    }

    private func judge(_ other: OtherPoster, _ units: [Export], _ context: PostingContext) async throws -> Wake? {
        let now = clock.now
        if other.isThere {
            try await stopPosting(other, on: context.connection)
            return .now
        }
        if !other.earlier.isEmpty {
            // All of the envelope is looked up then.
            try await notice(unknownDocuments: other.earlier.count, on: context.connection)
            return .now
        }
        let late = try units.filter { other.late.contains($0.id) }.map { export in
            try export.change(
                .lookRequired(since: now, firstLook: now), "QuickBooks has a document with its number; looked up",
                at: now)
        }
        guard !late.isEmpty else { return nil }
        try await storage.settle(Settlement(changes: late), lease: context.lease, at: now)
        return .now
    }

    /// The latest moment at which QuickBooks books what was on its way when this process began.
    func lastBookedBeforeStart(_ connection: Connection.ID) -> Date {
        let horizon = settings.inFlightHorizon.seconds + Survey.clockDifference
        return startedAt(connection).addingTimeInterval(horizon)
    }

    func stopPosting(_ other: OtherPoster, on connection: Connection.ID) async throws {
        let now = clock.now
        let notice = CopyNotice(
            connection: connection, sign: .secondCopy,
            unknownDocuments: other.strangers.count + other.doubles.count)
        try await storage.stopPosting(
            PostingStop(since: now, explanation: other.explanation), on: connection, notice: notice,
            told: other.toldDocuments)
        logEvents.emit(.restoredCopy(notice))
        logEvents.emit(.postingStopped(connection: connection, doubles: other.doubles.map(\.documentIDs)))
    }
}
