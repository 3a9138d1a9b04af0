// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What people see of exports, and what they do to them.
///
/// Verbs like ``Storage``'s: each atomic, durable when it returns, without outside effect.
package protocol QueueStorage: Sendable {
    /// Lets `decide` say each export's next progress and writes it, with who did it.
    func change(
        _ selection: ExportSelection, by actor: Actor, at: Date,
        decide: @escaping @Sendable (Export) -> Result<ExportProgress, ExportEventRefused>
    ) async throws -> [ChangeOutcome]

    func exports(matching filter: ExportFilter) async throws -> ExportPage

    func export(serial: Int64) async throws -> ExportDetail?

    /// Exports in Error or blocked, grouped by cause, most first.
    func problems() async throws -> [ProblemGroup]
}
