// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// All the core asks of a database: verbs, each one atomic, each named for what it is for.
///
/// A verb runs as one serializable transaction (BEGIN IMMEDIATE on SQLite), is durable when it
/// returns, and has no outside effect; closures passed in may run more than once.
package protocol Storage: CopyStorage {
    // MARK: Intake

    /// Takes transactions with their entries and exports.
    ///
    /// A key that is there with the same content is a repeat; with other content, a conflict. Under
    /// `.allOrNothing` one conflict (or a conflict inside the batch) takes nothing at all.
    /// - Throws: ``DocumentNumbersTaken``.
    func record(_ batch: [Recording], policy: RecordPolicy, at: Date) async throws -> [RecordOutcome]

    // MARK: The exporter

    /// Takes or renews the lease of a company by compare-and-set; nil when another holds it.
    /// A lease taken from another holder, or after it ran out, has the next generation.
    func claim(_ connection: Connection.ID, holder: String, now: Date, until: Date) async throws -> Lease?

    /// Takes the lease from any holder, with the next generation: for a start under the exclusive
    /// lock of the data folder, when nobody else can be alive.
    func takeOver(_ connection: Connection.ID, holder: String, now: Date, until: Date) async throws -> Lease

    /// Gives the lease back at an orderly stop. Not holding it any more is no error.
    func release(_ lease: Lease) async throws

    /// What there is to do for a company, in serial order. Reads only.
    ///
    /// - Parameter longestLookWait: A look that seems to be further ahead was set before the machine's clock was put
    ///   back, and is due.
    func agenda(for connection: Connection.ID, now: Date, longestLookWait: Duration, limit: Int) async throws -> Agenda

    /// What is known of sending to a company.
    func sendingState(of connection: Connection.ID) async throws -> SendingState

    /// When envelopes of this company were sent since a moment, for the pacer after a start.
    func sendTimes(for connection: Connection.ID, since: Date) async throws -> [Date]

    /// Commits a new envelope in phase `sending` and its exports' progress.
    /// - Throws: ``LeaseLost``; ``ProgressMoved`` when an export is no longer as `changes` says; ``CompanyChanged`` when
    ///   the connection belongs to another company than the envelope is for.
    func open(_ envelope: Envelope, changes: [ExportChange], lease: Lease, at: Date) async throws

    /// Marks a `ready` envelope as `sending` again, before its first byte.
    /// - Throws: ``LeaseLost``; ``CompanyChanged``.
    func resend(_ requestID: String, lease: Lease, at: Date) async throws

    /// Writes what became of exports, and of the envelope they were in (nil for looks and problems).
    /// - Throws: ``LeaseLost``; ``ProgressMoved``.
    func settle(_ settlement: Settlement, lease: Lease, at: Date) async throws

    // MARK: People's acts on exports

    /// Lets `decide` say each export's next progress and writes it, with who did it.
    ///
    /// Exports that are named by their serials change in one commit; a selection that may be of any size, in commits of
    /// some hundred exports, in serial order.
    func change(
        _ selection: ExportSelection, by actor: Actor, at: Date,
        decide: @escaping @Sendable (Export) -> Result<ExportProgress, ExportEventRefused>
    ) async throws -> [ChangeOutcome]

    // MARK: What people see

    func exports(matching filter: ExportFilter) async throws -> ExportPage

    /// How many exports there are in each state, of one company or of all. Kept, not counted.
    func exportCounts(of connection: Connection.ID?) async throws -> [ExportState.Name: Int]

    func export(serial: Int64) async throws -> ExportDetail?
    func transaction(key: Transaction.Key) async throws -> RecordedTransaction?
    /// Exports in Error or blocked, grouped by cause, most first.
    func problems() async throws -> [ProblemGroup]

    /// The distinct causes that keep exports of this company from being sent. Kept, not counted.
    func blockingProblems(of connection: Connection.ID) async throws -> [Problem]

    /// Whether an account number, class, location or period keeps exports of this company from being sent.
    func hasBlocked(_ connection: Connection.ID) async throws -> Bool

    // MARK: Account numbers and stores

    func books() async throws -> BooksSettings

    /// Keeps account numbers and stores, and answers what was kept before. A store that is there keeps its company, whatever `settings` say of
    /// it: that is ``assign(_:to:by:at:)``'s to change.
    @discardableResult
    func saveBooks(_ settings: BooksSettings, by actor: Actor, at: Date) async throws -> BooksSettings

    /// Lets a store post to another company. Its exports without an envelope move along; those with one stay.
    func assign(_ store: StoreNumber, to connection: Connection.ID, by actor: Actor, at: Date) async throws -> StoreMove

    // MARK: Connections

    func connections() async throws -> [Connection]
    func connection(_ id: Connection.ID) async throws -> Connection?

    /// A new connection, not connected; its number is the storage's choice.
    func addConnection(app: App.Key?, by actor: Actor, at: Date) async throws -> Connection.ID

    /// All apps, by environment and Client ID.
    func apps() async throws -> [App]

    /// The app of a connection; where it has none yet, the only app there is.
    func app(of connection: Connection.ID) async throws -> App?

    /// Keeps an app's keys under its environment and Client ID; the connection, if one is named, is that
    /// app's from then on.
    func saveApp(_ app: App, for connection: Connection.ID?, by actor: Actor, at: Date) async throws

    /// Remembers that Intuit took one of an app's two secrets, which comes first from then on.
    ///
    /// One that is not the app's (any more) changes nothing: a person may have entered another meanwhile.
    func secretWorked(_ secret: Secret, of app: App.Key, by actor: Actor, at: Date) async throws

    /// Names the environment of apps that were stored before apps had one.
    func nameEnvironment(_ environment: Environment.Name) async throws

    /// Stores a new grant for a company, by consent or by paste, with the app's keys it belongs to, and
    /// clears any trouble: all of it or nothing, because a grant is worthless under other keys.
    ///
    /// - Throws: ``CompanyTaken`` when another connection has the company; nothing is changed then.
    func install(
        _ grant: Grant, company: Company, app: App, on connection: Connection.ID, by actor: Actor, at: Date,
        intuitTID: String?
    ) async throws

    /// Replaces the grant by compare-and-set on its generation, clears a trouble that a token answer ends; false when another
    /// generation is stored.
    func rotate(_ connection: Connection.ID, from generation: Int64, to grant: Grant, note: ConnectionNote)
        async throws -> Bool

    /// Writes why the connection can't be used (nil: it can), unless another generation is stored, or a weightier
    /// reason.
    func setTrouble(
        _ trouble: ConnectionTrouble?, on connection: Connection.ID, generation: Int64, note: ConnectionNote?)
        async throws

    /// Erases the grant; the note says what became of it at Intuit.
    func disconnect(_ connection: Connection.ID, note: ConnectionNote) async throws

    /// Newest first.
    func connectionHistory(_ connection: Connection.ID, limit: Int) async throws -> [ConnectionNote]

    /// Adds a line to a connection's history that goes with no other change.
    func note(_ note: ConnectionNote, on connection: Connection.ID) async throws

    /// How many refreshes were tried since a moment, and how many of them succeeded.
    func refreshes(of connection: Connection.ID, since: Date) async throws -> RefreshCount

    /// When a second user of the connection's token was last noticed; nil if not since that moment, or not
    /// since the last consent.
    func secondCopySeen(on connection: Connection.ID, since: Date) async throws -> Date?

    // MARK: On the way to a connection

    /// Remembers a consent on its way, by the SHA-256 of its state.
    func expect(_ consent: PendingConsent) async throws

    /// Takes a consent, once; only the browser that began it gets it, and none that is older than `notBefore`.
    func take(consent stateDigest: [UInt8], browserDigest: [UInt8], notBefore: Date) async throws -> ConsentTaking

    /// Remembers what a taken consent made, for a browser that comes back twice.
    func finish(consent stateDigest: [UInt8], made connection: Connection.ID) async throws

    /// Keeps a tried grant with its app's keys, in the place of an earlier proposal for this connection.
    func propose(
        _ grant: Grant, company: Company, app: App, on connection: Connection.ID, by actor: Actor, at: Date,
        intuitTID: String?
    ) async throws

    func proposal(of connection: Connection.ID) async throws -> Proposal?

    /// Takes the proposal of a company back: nothing of it stays but the note.
    ///
    /// - Returns: False when it is not there any more, or another is; then nothing is changed, and nothing noted.
    func withdraw(proposalOf connection: Connection.ID, realmID: String, note: ConnectionNote) async throws -> Bool
}
