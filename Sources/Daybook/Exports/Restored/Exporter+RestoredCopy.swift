// SPDX-License-Identifier: Apache-2.0
import Foundation

/// In a restored copy, nothing new is sent before it has been looked up.
extension Exporter {
    /// Puts those in doubt that QuickBooks may have without the database's knowledge.
    ///
    /// - Returns: Nil when all of them may be sent.
    func lookFirst(_ pending: [PostingUnit], _ post: Post) async throws -> Wake? {
        if let wake = try await survey(post) { return wake }
        let now = clock.now
        let copy = try await storage.restoredCopy(of: post.connection)
        let changes = try pending.compactMap { try lookRequired($0.export, copy, of: post.connection, at: now) }
        guard !changes.isEmpty else { return nil }
        try await storage.settle(Settlement(changes: changes), lease: post.lease, at: now)
        if let copy, now < believedAbsent(since: copy.noticedAt) { remember(doubtOf: changes.map(\.serial)) }
        return .now
    }

    private func lookRequired(
        _ export: Export, _ copy: RestoredCopy?, of connection: Connection.ID, at now: Date
    ) throws -> ExportChange? {
        let horizon = settings.inFlightHorizon
        if let copy, copy.requiresLook(for: export, at: now, horizon: horizon) {
            // A look before could prove nothing.
            let first = max(now, believedAbsent(since: copy.noticedAt))
            return try export.change(
                .lookRequired(since: copy.noticedAt, firstLook: first),
                "This database is a restored copy; looked up before it is sent", at: now)
        }
        guard export.progress.absentAt == nil, surveys[connection]?.unknown?.contains(export.id) == true else {
            return nil
        }
        return try export.change(
            .lookRequired(since: now, firstLook: now), "QuickBooks has a document with its marker; looked up", at: now)
    }

    private func believedAbsent(since moment: Date) -> Date {
        moment.addingTimeInterval(settings.inFlightHorizon.seconds)
    }
}
