// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Shows exports, and resets, holds and releases them.
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
        try authorize(.reset, actor)
        let now = clock.now
        let outcomes = try await change(selection, .resetRequested(now: now), by: actor, at: now)
        waking.wake(.everyCompany)
        return outcomes
    }

    package func hold(_ selection: ExportSelection, by actor: Actor) async throws -> [ChangeOutcome] {
        try authorize(.hold, actor)
        return try await change(selection, .holdRequested, by: actor, at: clock.now)
    }

    package func release(_ selection: ExportSelection, by actor: Actor) async throws -> [ChangeOutcome] {
        try authorize(.release, actor)
        let now = clock.now
        let outcomes = try await change(selection, .holdReleased(now: now), by: actor, at: now)
        waking.wake(.everyCompany)
        return outcomes
    }

    private func change(
        _ selection: ExportSelection, _ event: ExportEvent, by actor: Actor, at: Date
    ) async throws -> [ChangeOutcome] {
        try await storage.change(selection, by: actor, at: at) { $0.progress.after(event) }
    }
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
