// SPDX-License-Identifier: Apache-2.0

/// The audit trail, which the storage writes by itself: whatever changes within an ``Act`` has its lines there.
///
/// Its verbs are like ``Storage``'s: each is atomic, durable when it returns, and has no outside effect.
package protocol AuditStorage: Sendable {
    /// Newest first.
    func auditEntries(matching filter: AuditFilter) async throws -> [AuditEntry]

    /// In the order in which they were written, after a serial, at most `limit`.
    func auditEntries(after serial: Int64, limit: Int) async throws -> [AuditEntry]
}
