// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// Shows exports, and resets, holds, releases, excludes and includes them.
package struct QueueDesk: WorkingDesk {
    let storage: any QueueStorage
    let work: DeskWork

    package func exports(matching filter: ExportFilter) async throws -> ExportPage {
        try await storage.exports(matching: filter)
    }

    /// How many exports there are in each state, of one company or of all.
    package func exportCounts(of connection: Connection.ID? = nil) async throws -> [ExportState.Name: Int] {
        try await storage.exportCounts(of: connection)
    }

    package func export(serial: Int64) async throws -> ExportDetail? {
        try await storage.export(serial: serial)
    }

    package func problems() async throws -> [ProblemGroup] {
        try await storage.problems()
    }

    /// **Reset for export**: sends again what is in Error.
    ///
    /// An export with an unanswered attempt is looked up first.
    package func reset(_ selection: ExportSelection, by actor: Actor) async throws -> [ChangeOutcome] {
        try await act(.reset, by: actor, on: Self.changed) {
            let now = clock.now
            let outcomes = try await change(selection, .reset, .resetRequested(now: now), by: actor, at: now)
            waking.wake(.everyCompany)
            return outcomes
        }
    }

    package func hold(_ selection: ExportSelection, by actor: Actor) async throws -> [ChangeOutcome] {
        try await act(.hold, by: actor, on: Self.changed) {
            try await change(selection, .hold, .holdRequested, by: actor, at: clock.now)
        }
    }

    package func release(_ selection: ExportSelection, by actor: Actor) async throws -> [ChangeOutcome] {
        try await act(.release, by: actor, on: Self.changed) {
            let now = clock.now
            let outcomes = try await change(selection, .release, .holdReleased(now: now), by: actor, at: now)
            waking.wake(.everyCompany)
            return outcomes
        }
    }

    /// Decides that exports are not to go to QuickBooks; ``include(_:by:)`` takes that back.
    package func exclude(_ selection: ExportSelection, by actor: Actor) async throws -> [ChangeOutcome] {
        try await act(.exclude, by: actor, on: Self.changed) {
            try await change(selection, .exclude, .excludeRequested, by: actor, at: clock.now)
        }
    }

    /// Lets exports that were excluded go out after all; one with an unanswered attempt is looked up first.
    package func include(_ selection: ExportSelection, by actor: Actor) async throws -> [ChangeOutcome] {
        try await act(.include, by: actor, on: Self.changed) {
            let now = clock.now
            let outcomes = try await change(selection, .include, .includeRequested(now: now), by: actor, at: now)
            waking.wake(.everyCompany)
            return outcomes
        }
    }

    private static func changed(_ outcomes: [ChangeOutcome]) -> Act.Subject {
        Act.Subject(exports: outcomes.compactMap { if case .changed = $0.result { $0.serial } else { nil } })
    }

    private func change(
        _ selection: ExportSelection, _ verb: Desk.Verb, _ event: ExportEvent, by actor: Actor, at: Date
    ) async throws -> [ChangeOutcome] {
        let hidden = HiddenExports()
        let outcomes = try await storage.change(selection, by: actor, at: at) { export in
            if let rights = actor.rights, !rights.allows(verb, at: export.connection, export.store) {
                hidden.add(export.serial)
                return .failure(ExportEventRefused(state: export.progress.state.name, event: event))
            }
            return export.progress.after(event)
        }
        return outcomes.compactMap { outcome in
            guard hidden.contains(outcome.serial) else { return outcome }
            // To somebody who may not change it, an export that was named is as if it were not there.
            if case .serials = selection { return ChangeOutcome(serial: outcome.serial, result: .notThere) }
            return nil
        }
    }
}

/// Exports at places where an actor may not do what was asked.
private final class HiddenExports: Sendable {
    private let serials = Mutex<Set<Int64>>([])

    func add(_ serial: Int64) { serials.withLock { _ = $0.insert(serial) } }

    func contains(_ serial: Int64) -> Bool { serials.withLock { $0.contains(serial) } }
}

extension ExportProgress {
    /// The progress after an event, or why it can't happen.
    package func after(_ event: ExportEvent) -> Result<ExportProgress, ExportEventRefused> {
        var next = self
        do throws(ExportEventRefused) {
            try next.apply(event)
            return .success(next)
        } catch {
            return .failure(error)
        }
    }
}
