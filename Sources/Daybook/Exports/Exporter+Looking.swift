// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Exporter {
    /// Asks QuickBooks whether documents of unknown outcome are there.
    func look(for due: [DueLook], _ post: Post) async throws -> Wake {
        let began = clock.now
        let start = ledger.reserve(.look, for: post.connection, now: began)
        guard start <= began else { return .at(start) }
        switch await ledger.look(for: due.map(\.sought), access: post.access) {
        case .notExecuted(let reason): return try await notExecuted(reason, post)
        case .failed(let reason):
            try await postpone(due, reason: reason, post)
            return .now
        case .looked(let findings):
            try await settle(due, findings, began: began, post)
            try await worked(post)
            return .now
        }
    }

    /// These wait; the rest of the queue goes on.
    private func postpone(_ due: [DueLook], reason: String, _ post: Post) async throws {
        let now = clock.now
        let moment = max(nextTry(post.connection), now.addingTimeInterval(2))
        notices.emit(.lookFailed(connection: post.connection, documents: due.count, reason: reason))
        let changes = try due.map { look in
            try look.export.change(.lookPostponed(until: moment), "Could not be looked up (\(reason))", at: now)
        }
        try await storage.settle(Settlement(changes: changes), lease: post.lease, at: now)
    }

    private func settle(_ due: [DueLook], _ findings: [Int64: Finding], began: Date, _ post: Post) async throws {
        let now = clock.now
        let changes = try due.compactMap { look in
            try findings[look.export.serial].flatMap { try change(look.export, $0, began: began, at: now) }
        }
        try await storage.settle(Settlement(changes: changes), lease: post.lease, at: now)
        for change in changes where change.to.state.name != .checking { forget(doubtOf: change.serial) }
        let found = findings.values.count { if case .ours = $0 { true } else { false } }
        notices.emit(.looked(connection: post.connection, documents: due.count, found: found))
    }

    private func change(_ export: Export, _ finding: Finding, began: Date, at now: Date) throws -> ExportChange? {
        switch finding {
        case .ours(let receipt):
            return try export.change(.found(receipt), "Found in QuickBooks as document \(receipt.documentID)", at: now)
        case .foreign(let documentID, let explanation):
            return try export.change(
                .foundForeign(documentID: documentID, explanation: explanation), explanation, at: now)
        case .absent:
            guard case .checking(let doubt) = export.progress.state else { return nil }
            let horizon = horizon(for: export.serial, doubt: doubt, lookBegan: began)
            let event = ExportEvent.notFound(lookBegan: began, horizon: horizon)
            let change = try export.change(event, "Looked: not in QuickBooks", at: now)
            guard change.to.state == .pending else { return change }
            return try export.change(event, "Looked: certainly not in QuickBooks; sent anew", at: now)
        }
    }
}

extension DueLook {
    fileprivate var sought: SoughtDocument {
        SoughtDocument(
            exportSerial: export.serial, exportID: export.id, documentNumber: export.documentNumber,
            date: export.date, total: export.total, firstSentAt: firstSentAt)
    }
}
