// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What the exporter asks of a database to post exports, each once.
///
/// Its verbs are like ``Storage``'s: each is atomic, durable when it returns, and has no outside effect.
package protocol ExporterStorage: Sendable {
    /// Takes or renews the lease of a company by compare-and-set; nil when another holds it.
    /// A lease taken from another holder, or after it ran out, has the next generation.
    func claim(_ connection: Connection.ID, holder: String, now: Date, until: Date) async throws -> Lease?

    /// Takes the lease from any holder, with the next generation: for a start under the exclusive
    /// lock of the data folder, when no other process can be posting.
    func takeOver(_ connection: Connection.ID, holder: String, now: Date, until: Date) async throws -> Lease

    /// Gives the lease back at an orderly stop. Not holding it any more is no error.
    func release(_ lease: Lease) async throws

    /// What there is to do for a company, in serial order. Reads only.
    ///
    /// - Parameter longestLookWait: A look that seems to be further ahead was set before the machine's clock was put
    ///   back, and is due.
    func agenda(for connection: Connection.ID, now: Date, longestLookWait: Duration, limit: Int) async throws -> Agenda

    /// When envelopes of this company were sent since a moment, for the pacer after a start.
    func sendTimes(for connection: Connection.ID, since: Date) async throws -> [Date]

    /// Commits a new envelope in phase `sending` and its exports' progress.
    /// - Throws: ``LeaseLost``; ``ProgressMoved`` when an export is no longer as `changes` says; ``CompanyChanged``
    ///   when the connection belongs to another company than the envelope is for.
    func open(_ envelope: Envelope, changes: [ExportChange], lease: Lease, at: Date) async throws

    /// Marks a `ready` envelope as `sending` again, before its first byte.
    /// - Throws: ``LeaseLost``; ``CompanyChanged``.
    func resend(_ requestID: String, lease: Lease, at: Date) async throws

    /// Writes what became of exports, and of the envelope they were in (nil for looks and problems).
    /// - Throws: ``LeaseLost``; ``ProgressMoved``.
    func settle(_ settlement: Settlement, lease: Lease, at: Date) async throws

    /// Whether an account number, class, location or period keeps exports of this company from being sent.
    func hasBlocked(_ connection: Connection.ID) async throws -> Bool

    /// The exports that have one of these ids, of any company.
    func exports(withIDs ids: [Export.ID]) async throws -> [Export]

    /// This connection, and others that were for the same company before.
    func connections(forCompanyOf connection: Connection.ID) async throws -> Set<Connection.ID>

    /// The unknown documents of other companies with the markers of these exports.
    ///
    /// Left out are those whose export a person has since reset alone: that person decided that it is to be posted
    /// here. A reset of several exports is no such decision.
    func documents(of ids: [Export.ID], outside connection: Connection.ID) async throws -> [DocumentElsewhere]
}
