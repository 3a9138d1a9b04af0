// SPDX-License-Identifier: Apache-2.0
import Foundation

/// In a restored copy, nothing new is sent before it has been looked up.
extension Exporter {
    /// Puts in doubt the exports that QuickBooks may have without the database's knowledge.
    ///
    /// - Returns: Nil when all of them may be sent.
    func lookFirst(_ pending: [PostingUnit], _ sending: SendingState, _ context: PostingContext) async throws -> Wake? {
        if let wake = try await survey(sending, context) { return wake }
        if let wake = try await keepFromSecondCompany(pending.map(\.export), context) { return wake }
        let now = clock.now
        let copy = try await storage.restoredCopy(of: context.connection)
        let required = pending.map(\.export).filter { copy?.requiresLook(for: $0, at: now) == true }
        if let copy, !required.isEmpty { return try await look(up: required, copy, context) }
        let unknown = surveys[context.connection]?.unknown ?? []
        let changes = try pending.map(\.export)
            .filter { $0.progress.absentAt == nil && unknown.contains($0.id) }
            .map { export in
                try export.change(
                    .lookRequired(since: now, firstLook: now), "QuickBooks has a document with its marker; looked up",
                    at: now)
            }
        guard !changes.isEmpty else { return nil }
        try await storage.settle(Settlement(changes: changes), lease: context.lease, at: now)
        return .now
    }

    private func look(up exports: [Export], _ copy: RestoredCopy, _ context: PostingContext) async throws -> Wake {
        let now = clock.now
        let met = metAt(copy)
        // A look before the horizon is over could prove nothing.
        let left = met.map { max(.zero, settings.inFlightHorizon - (clock.elapsed - $0)) } ?? .zero
        let firstLook = now.addingTimeInterval(left.seconds)
        let changes = try exports.map { export in
            try export.change(
                .lookRequired(since: copy.noticedAt, firstLook: firstLook, copy: copy.serial),
                "This database is a restored copy; looked up before it is sent", at: now)
        }
        try await storage.settle(Settlement(changes: changes), lease: context.lease, at: now)
        if let met { remember(doubtOf: changes.map(\.serial), since: met) }
        return .now
    }

    /// When this process met a notice, on the monotonic clock.
    ///
    /// Whatever the date of the notice says, what was on its way at that moment is booked within a horizon.
    ///
    /// - Returns: Nil when the horizon was over already; it counts from the process's start then.
    private func metAt(_ copy: RestoredCopy) -> Duration? {
        if let met = noticesMet[copy.serial] { return met }
        let isOver = copy.noticedAt.addingTimeInterval(settings.inFlightHorizon.seconds) <= clock.now
        let met = isOver ? nil : clock.elapsed
        noticesMet.updateValue(met, forKey: copy.serial)
        return met
    }

    /// An export whose document is in another company waits for a person, who knows where it belongs.
    ///
    /// That happens when a backup is restored from before a store moved.
    private func keepFromSecondCompany(_ pending: [Export], _ context: PostingContext) async throws -> Wake? {
        let found = try await storage.documents(of: pending.map(\.id), outside: context.connection)
        guard !found.isEmpty else { return nil }
        let now = clock.now
        let elsewhere = Dictionary(found.map { ($0.document.exportID, $0) }) { first, _ in first }
        let changes = try pending.compactMap { export -> ExportChange? in
            guard let found = elsewhere[export.id] else { return nil }
            let words = found.explanation(waitingFor: context.token.company, on: context.connection)
            return try export.change(
                .foundForeign(documentID: found.document.documentID, explanation: words), words, at: now)
        }
        try await storage.settle(Settlement(changes: changes), lease: context.lease, at: now)
        return .now
    }
}
