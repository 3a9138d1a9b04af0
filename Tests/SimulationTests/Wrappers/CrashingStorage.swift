// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation

/// The real storage, behind a process that may crash at any verb. Notes every committed envelope.
struct CrashingStorage: Storage {
    let inner: any Storage
    let plan: CrashPlan
    let envelopes: EnvelopeLog
    /// Whether it keeps from the exporter that the database is a restored copy.
    var isBlind = false

    func auditEntries(matching filter: AuditFilter) async throws -> [AuditEntry] {
        try await plan.passing { try await inner.auditEntries(matching: filter) }
    }

    func auditEntries(after serial: Int64, limit: Int) async throws -> [AuditEntry] {
        try await plan.passing { try await inner.auditEntries(after: serial, limit: limit) }
    }

    func customers(matching filter: CustomerFilter) async throws -> [CustomerSummary] {
        try await plan.passing { try await inner.customers(matching: filter) }
    }

    func dormantCustomers(before day: CalendarDate, limit: Int) async throws -> [CustomerKey] {
        try await plan.passing { try await inner.dormantCustomers(before: day, limit: limit) }
    }

    func anonymize(_ customer: CustomerKey, at: Date) async throws -> AnonymizedCustomer {
        try await plan.passing { try await inner.anonymize(customer, at: at) }
    }

    func anonymizeMore(most: Int, at: Date) async throws -> AnonymizingStep {
        try await plan.passing { try await inner.anonymizeMore(most: most, at: at) }
    }

    func record(_ batch: [Recording], policy: RecordPolicy, at: Date) async throws -> [RecordOutcome] {
        try await plan.passing { try await inner.record(batch, policy: policy, at: at) }
    }

    func record(from source: any RecordingSource, by actor: Actor, at: Date) async throws {
        try await plan.passing { try await inner.record(from: source, by: actor, at: at) }
    }

    func claim(_ connection: Connection.ID, holder: String, now: Date, until: Date) async throws -> Lease? {
        try await plan.passing { try await inner.claim(connection, holder: holder, now: now, until: until) }
    }

    func takeOver(_ connection: Connection.ID, holder: String, now: Date, until: Date) async throws -> Lease {
        try await plan.passing { try await inner.takeOver(connection, holder: holder, now: now, until: until) }
    }

    func release(_ lease: Lease) async throws { try await plan.passing { try await inner.release(lease) } }

    func agenda(
        for connection: Connection.ID, now: Date, longestLookWait: Duration, limit: Int
    ) async throws -> Agenda {
        let agenda = try await plan.passing {
            try await inner.agenda(for: connection, now: now, longestLookWait: longestLookWait, limit: limit)
        }
        for open in agenda.interrupted { envelopes.reread(open.envelope) }
        if let ready = agenda.ready { envelopes.reread(ready.envelope) }
        return agenda
    }

    func sendingState(of connection: Connection.ID) async throws -> SendingState {
        try await plan.passing { try await inner.sendingState(of: connection) }
    }

    func sendTimes(for connection: Connection.ID, since: Date) async throws -> [Date] {
        try await plan.passing { try await inner.sendTimes(for: connection, since: since) }
    }

    func open(_ envelope: Envelope, changes: [ExportChange], lease: Lease, at: Date) async throws {
        try await envelopes.willCommit()
        try await plan.passing {
            try await inner.open(envelope, changes: changes, lease: lease, at: at)
            try envelopes.committed(envelope)
        }
    }

    func resend(_ requestID: String, lease: Lease, at: Date) async throws {
        try await plan.passing { try await inner.resend(requestID, lease: lease, at: at) }
    }

    func settle(_ settlement: Settlement, lease: Lease, at: Date) async throws {
        try await plan.passing {
            try await inner.settle(settlement, lease: lease, at: at)
            envelopes.settled(settlement)
        }
    }

    func change(
        _ selection: ExportSelection, by actor: Actor, at: Date,
        decide: @escaping @Sendable (Export) -> Result<ExportProgress, ExportEventRefused>
    ) async throws -> [ChangeOutcome] {
        try await plan.passing { try await inner.change(selection, by: actor, at: at, decide: decide) }
    }

    func exports(matching filter: ExportFilter) async throws -> ExportPage {
        try await plan.passing { try await inner.exports(matching: filter) }
    }

    func exportCounts(of connection: Connection.ID?) async throws -> [ExportState.Name: Int] {
        try await plan.passing { try await inner.exportCounts(of: connection) }
    }

    func export(serial: Int64) async throws -> ExportDetail? {
        try await plan.passing { try await inner.export(serial: serial) }
    }

    func transaction(key: Transaction.Key) async throws -> RecordedTransaction? {
        try await plan.passing { try await inner.transaction(key: key) }
    }

    func problems() async throws -> [ProblemGroup] { try await plan.passing { try await inner.problems() } }

    func blockingProblems(of connection: Connection.ID) async throws -> [Problem] {
        try await plan.passing { try await inner.blockingProblems(of: connection) }
    }

    func hasBlocked(_ connection: Connection.ID) async throws -> Bool {
        try await plan.passing { try await inner.hasBlocked(connection) }
    }

    func receive(_ content: [UInt8], named name: String, by actor: Actor, at: Date) async throws -> ReceivedFile {
        try await plan.passing { try await inner.receive(content, named: name, by: actor, at: at) }
    }

    func receivedFiles(limit: Int) async throws -> [ReceivedFile] {
        try await plan.passing { try await inner.receivedFiles(limit: limit) }
    }

    func receivedFile(_ id: ReceivedFile.ID) async throws -> (file: ReceivedFile, content: [UInt8]?)? {
        try await plan.passing { try await inner.receivedFile(id) }
    }

    func filesUnderWay() async throws -> [String: ReceivedFile] {
        try await plan.passing { try await inner.filesUnderWay() }
    }

    func forget(identity: String) async throws {
        try await plan.passing { try await inner.forget(identity: identity) }
    }

    func discard(_ id: ReceivedFile.ID, by actor: Actor, at: Date) async throws -> Bool {
        try await plan.passing { try await inner.discard(id, by: actor, at: at) }
    }

    func refuse(_ files: [FileOutcome], by actor: Actor, at: Date) async throws {
        try await plan.passing { try await inner.refuse(files, by: actor, at: at) }
    }

    func transactions(ofFile id: ReceivedFile.ID, after: Int64, limit: Int) async throws -> [FileTransaction] {
        try await plan.passing { try await inner.transactions(ofFile: id, after: after, limit: limit) }
    }

    func totals(ofFile id: ReceivedFile.ID, now: Date) async throws -> FileTotals {
        try await plan.passing { try await inner.totals(ofFile: id, now: now) }
    }

    func takeBack(_ id: ReceivedFile.ID, by actor: Actor, at: Date) async throws -> TakeBackOutcome {
        try await plan.passing { try await inner.takeBack(id, by: actor, at: at) }
    }

    func profiles() async throws -> [IntakeProfile] { try await plan.passing { try await inner.profiles() } }

    func keep(_ profile: IntakeProfile, by actor: Actor, at: Date) async throws {
        try await plan.passing { try await inner.keep(profile, by: actor, at: at) }
    }

    func removeProfile(named name: String, by actor: Actor, at: Date) async throws -> Bool {
        try await plan.passing { try await inner.removeProfile(named: name, by: actor, at: at) }
    }

    func books() async throws -> BooksSettings { try await plan.passing { try await inner.books() } }

    @discardableResult
    func saveBooks(_ settings: BooksSettings, by actor: Actor, at: Date) async throws -> BooksSettings {
        try await plan.passing { try await inner.saveBooks(settings, by: actor, at: at) }
    }

    func accountNames(of connection: Connection.ID) async throws -> [NamedAccount] {
        try await plan.passing { try await inner.accountNames(of: connection) }
    }

    func choose(_ names: [NamedAccount], by actor: Actor, at: Date) async throws {
        try await plan.passing { try await inner.choose(names, by: actor, at: at) }
    }

    func assign(
        _ store: StoreNumber, to connection: Connection.ID, by actor: Actor, at: Date
    ) async throws -> StoreMove {
        try await plan.passing { try await inner.assign(store, to: connection, by: actor, at: at) }
    }

    func chart(of connection: Connection.ID) async throws -> AccountCatalog? {
        try await plan.passing { try await inner.chart(of: connection) }
    }

    func keep(
        _ chart: AccountCatalog, _ accounts: [AccountNumbers.Slot: KeptAccount], of connection: Connection.ID,
        realmID: String
    ) async throws {
        try await plan.passing { try await inner.keep(chart, accounts, of: connection, realmID: realmID) }
    }

    func keptAccounts(of connection: Connection.ID) async throws -> KeptAccounts {
        try await plan.passing { try await inner.keptAccounts(of: connection) }
    }

    func choose(
        _ accounts: [AccountNumbers.Slot: KeptAccount?], in connection: Connection.ID, by actor: Actor, at: Date
    ) async throws {
        try await plan.passing { try await inner.choose(accounts, in: connection, by: actor, at: at) }
    }

    func accountNeeds() async throws -> Set<AccountNeed> { try await plan.passing { try await inner.accountNeeds() } }

    func isWaiting(_ need: AccountNeed) async throws -> Bool {
        try await plan.passing { try await inner.isWaiting(need) }
    }

    func forget(_ needs: [AccountNeed]) async throws { try await plan.passing { try await inner.forget(needs) } }
}
