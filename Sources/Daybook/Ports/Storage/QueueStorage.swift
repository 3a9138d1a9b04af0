// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What the desk asks of a database to show exports and to change them.
///
/// Its verbs are like ``Storage``'s: each is atomic, durable when it returns, and has no outside effect.
package protocol QueueStorage: Sendable {
    /// Lets `decide` say each export's next progress and writes it, with who did it.
    ///
    /// Exports that are named by their serials change in one commit; a selection that may be of any size, in commits of
    /// some hundred exports, in serial order.
    func change(
        _ selection: ExportSelection, by actor: Actor, at: Date,
        decide: @escaping @Sendable (Export) -> Result<ExportProgress, ExportEventRefused>
    ) async throws -> [ChangeOutcome]

    func exports(matching filter: ExportFilter) async throws -> ExportPage

    /// How many exports there are in each state, of one company or of all. The counts are stored, not counted anew.
    func exportCounts(of connection: Connection.ID?) async throws -> [ExportState.Name: Int]

    func export(serial: Int64) async throws -> ExportDetail?

    /// Exports in Error or blocked, grouped by cause, most first.
    func problems() async throws -> [ProblemGroup]

    /// The distinct problems that block exports of this company. They are stored, not searched for anew.
    func blockingProblems(of connection: Connection.ID) async throws -> [Problem]
}
