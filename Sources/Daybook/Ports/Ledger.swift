// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// QuickBooks Online, as the exporter sees it.
///
/// An implementation makes the calls and decides nothing.
package protocol Ledger: Sendable {
    /// The largest number of units one envelope may hold.
    var envelopeCapacity: Int { get }

    /// Books the next place in the company's pace for a call.
    ///
    /// - Returns: The moment at which the call may start; `now` when at once. The place is booked
    ///   only when the answer is `now`.
    func reserve(_ call: LedgerCall, for connection: Connection.ID, now: Date) -> Date

    /// Tells the company's pace about calls that were made before this process started.
    func recall(_ calls: [Date], for connection: Connection.ID)

    /// Writes the documents of the units as one request; the same units give the same bytes.
    func compose(_ units: [ResolvedUnit], company: Company, requestID: String) throws -> FrozenRequest

    /// Sends an envelope once. If the answer can't be read, or does not come, the outcome is unknown.
    func send(_ envelope: Envelope, access: LedgerAccess) async -> SendOutcome

    /// Reads the documents of a kind that carry one of these numbers, in one call.
    func documents(
        _ kind: DocumentKind, numbered numbers: [DocumentNumber], access: LedgerAccess
    ) async -> LedgerAnswer<[FoundDocument]>

    /// Reads one page of the documents of a kind that were created in a span, from a position counted from 1, in one
    /// call.
    ///
    /// - Parameters:
    ///   - size: How many documents the page may hold.
    ///   - ids: The exports whose documents are returned; other documents on the page are only counted.
    func documents(
        _ kind: DocumentKind, createdIn span: CreationSpan, from position: Int, size: Int, marked ids: [Export.ID],
        access: LedgerAccess
    ) async -> LedgerAnswer<MarkerPage>

    /// Reads one page of the marked documents of a kind that were created in a span, from a position counted from 1.
    func survey(
        _ kind: DocumentKind, createdIn span: CreationSpan, from start: Int, access: LedgerAccess
    ) async -> LedgerAnswer<SurveyPage>

    /// Counts the documents of a kind that carry one of these numbers.
    func count(
        _ kind: DocumentKind, numbered numbers: [DocumentNumber], access: LedgerAccess
    ) async -> LedgerAnswer<Int>

    /// The marked documents of a kind that carry one of these numbers.
    func marked(
        _ kind: DocumentKind, numbered numbers: [DocumentNumber], access: LedgerAccess
    ) async -> LedgerAnswer<[MarkedDocument]>

    /// Reads accounts, classes, locations and preferences.
    func catalog(access: LedgerAccess, now: Date) async -> LedgerAnswer<AccountCatalog>

    /// Reads the company's name, plan and subscription.
    func facts(access: LedgerAccess) async -> LedgerAnswer<CompanyFacts>

    /// Books a trial entry and deletes it again.
    func tryWriting(_ trial: TrialEntry, access: LedgerAccess) async -> TrialOutcome

    /// Reads the company's name, which also proves that the token is for this company.
    func company(access: LedgerAccess) async -> LedgerAnswer<Company>
}

package enum LedgerCall: Sendable {
    /// An envelope, also of a single unit.
    case batch
    /// One read.
    case single
    /// Accounts, classes, locations and preferences.
    case catalog
    /// A trial entry: written and deleted, and looked up when no answer comes.
    case trial
}

/// A company and a token for it.
package struct LedgerAccess: Sendable {
    /// The connection whose pace the calls keep.
    package let connection: Connection.ID
    /// The company's environment, which decides the host that is called.
    package let environment: Environment.Name
    package let realmID: String
    package let accessToken: Secret

    package init(
        connection: Connection.ID, environment: Environment.Name, realmID: String, accessToken: Secret
    ) {
        self.connection = connection
        self.environment = environment
        self.realmID = realmID
        self.accessToken = accessToken
    }

    init(_ token: UsableToken, of connection: Connection.ID) {
        self.init(
            connection: connection, environment: token.environment, realmID: token.company.realmID,
            accessToken: token.accessToken)
    }
}

/// A call that was certainly not executed: the same bytes may go again.
package enum NotExecuted: Sendable, Equatable {
    case throttled
    case unauthorized(intuitTID: String?)
    case forbidden(intuitTID: String?)
    case subscriptionLapsed(intuitTID: String?)
    /// The company's plan or the connecting user's rights don't allow what was asked (5020, 5030).
    case notAllowed(intuitTID: String?)
    /// Daybook was not started with the connection's environment; no call was made.
    case environmentMissing
    case unreachable(reason: String)
    /// The request has more bytes than Intuit's gateway accepts (413).
    case tooLarge
}

extension NotExecuted {
    /// Intuit's trace id of the answer, where one came.
    var intuitTID: String? {
        switch self {
        case .unauthorized(let tid), .forbidden(let tid), .subscriptionLapsed(let tid), .notAllowed(let tid): tid
        case .throttled, .environmentMissing, .unreachable, .tooLarge: nil
        }
    }
}

package enum LedgerAnswer<Value: Sendable>: Sendable {
    case answer(Value)
    case notExecuted(NotExecuted)
    /// A read failed. It changed nothing, and can be tried again later.
    case failed(reason: String)
}

extension LedgerAnswer: Equatable where Value: Equatable {}

package enum SendOutcome: Sendable, Equatable {
    /// The outcomes by batch item id; the outcome of an item that is missing here is unknown.
    case answered([String: ItemOutcome], intuitTID: String?)
    case notExecuted(NotExecuted)
    /// The request of several documents was definitely refused as a whole; nothing of it was booked.
    case refusedAsWhole(Refusal)
    case unknown(reason: String)
}

package enum ItemOutcome: Sendable, Equatable {
    case posted(Receipt)
    case refused(Refusal)
    /// QuickBooks has a document with this number already; a look finds out whether it is ours.
    case numberTaken
    case unknown(reason: String)
}

package enum Finding: Sendable, Equatable {
    /// Marker, date and amounts are ours.
    case ours(Receipt)
    /// A document has our number or marker but isn't ours, or isn't as we sent it.
    case foreign(documentID: String, explanation: String)
    /// Several documents carry our marker.
    case double(documentIDs: [String])
    case absent
}
