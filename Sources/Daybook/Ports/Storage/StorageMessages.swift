// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// A transaction as it is written down: its content, its entry and the exports that own its lines.
package struct Recording: Sendable {
    package struct NewExport: Sendable {
        package let id: Export.ID
        package let kind: DocumentKind
        package let operation: DocumentOperation
        /// Whose company it goes to, as of the moment it is recorded.
        package let store: StoreNumber
        package let date: CalendarDate
        package let total: Money
        package let documentNumber: DocumentNumber
        package let note: String
        /// Indexes into the entry's legs.
        ///
        /// Every leg is in exactly one export.
        package let legs: [Int]
        /// Where it begins.
        package let state: InitialState
        /// What has to be exported before: exports recorded earlier, or named earlier in the same batch.
        package let dependsOn: [Export.ID]

        package init(
            id: Export.ID, kind: DocumentKind, operation: DocumentOperation, store: StoreNumber, date: CalendarDate,
            total: Money, documentNumber: DocumentNumber, note: String, legs: [Int], state: InitialState = .pending,
            dependsOn: [Export.ID] = []
        ) {
            self.id = id
            self.kind = kind
            self.operation = operation
            self.store = store
            self.date = date
            self.total = total
            self.documentNumber = documentNumber
            self.note = note
            self.legs = legs
            self.state = state
            self.dependsOn = dependsOn
        }
    }

    package let transaction: Transaction
    /// The transaction in its canonical text; two arrivals are the same when this is.
    package let content: String
    package let entry: Entry
    package let exports: [NewExport]

    package init(transaction: Transaction, content: String, entry: Entry, exports: [NewExport]) {
        self.transaction = transaction
        self.content = content
        self.entry = entry
        self.exports = exports
    }
}

/// New exports whose document numbers are taken at their company; nothing was recorded.
///
/// Other export ids give other numbers.
package struct DocumentNumbersTaken: Error, Equatable, Sendable {
    package let exports: Set<Export.ID>

    package init(exports: Set<Export.ID>) { self.exports = exports }
}

package enum RecordPolicy: Sendable {
    case allOrNothing
    case partial
}

package enum RecordOutcome: Sendable, Equatable {
    case recorded(exports: [Int64])
    case alreadyThere(exports: [Int64])
    /// The key is taken by another content; nothing was changed.
    case conflict
    /// Good in itself, but nothing of the batch was taken.
    case notTaken
}

/// The work of one company at a moment.
package struct Agenda: Sendable {
    /// Envelopes found in phase `sending`: a call was cut off by a crash or a takeover.
    package let interrupted: [OpenEnvelope]
    /// The oldest envelope in phase `ready`, if any.
    package let ready: OpenEnvelope?
    /// Exports in Checking whose look is due, oldest first, at most `limit`.
    package let dueLooks: [DueLook]
    /// When the next look that is not due yet will be.
    package let nextLook: Date?
    /// Pending exports in serial order, at most `limit`, without suspects.
    package let pending: [PostingUnit]
    /// Pending exports that may be the cause of failures (``ExportAttempts/isSuspect(companyAnswered:)``): those that were
    /// refused as too large first, and then the one whose latest attempt is longest ago; at most two.
    package let suspects: [PostingUnit]
    package let sending: SendingState
    /// How many documents of the envelope that the circuit breaker opened for are still in doubt.
    package let unsettled: Int
    /// The look by marker that is under way.
    package let markerLook: MarkerLook?
    /// The exports of that look that are still in doubt.
    package let sought: [Export]

    package init(
        interrupted: [OpenEnvelope], ready: OpenEnvelope?, dueLooks: [DueLook], nextLook: Date?, pending: [PostingUnit],
        suspects: [PostingUnit] = [], sending: SendingState = .init(), unsettled: Int = 0,
        markerLook: MarkerLook? = nil, sought: [Export] = []
    ) {
        self.suspects = suspects
        self.sought = sought
        self.sending = sending
        self.unsettled = unsettled
        self.markerLook = markerLook
        self.interrupted = interrupted
        self.ready = ready
        self.dueLooks = dueLooks
        self.nextLook = nextLook
        self.pending = pending
    }

    package var isEmpty: Bool {
        interrupted.isEmpty && ready == nil && dueLooks.isEmpty && nextLook == nil && pending.isEmpty
            && suspects.isEmpty && markerLook == nil
    }
}

/// An envelope with the exports that are still in it.
package struct OpenEnvelope: Sendable {
    package let envelope: Envelope
    package let exports: [Export]

    package init(envelope: Envelope, exports: [Export]) {
        self.envelope = envelope
        self.exports = exports
    }
}

package struct DueLook: Sendable {
    package let export: Export
    package let firstSentAt: Date
    /// The latest request that held it; nil when none did.
    package let requestID: String?

    package init(export: Export, firstSentAt: Date, requestID: String?) {
        self.export = export
        self.firstSentAt = firstSentAt
        self.requestID = requestID
    }
}

/// One export's step from one progress to the next; refused when it is no longer at `from`.
package struct ExportChange: Sendable {
    package let serial: Int64
    package let from: ExportProgress
    package let to: ExportProgress
    package let note: ExportNote

    package init(serial: Int64, from: ExportProgress, to: ExportProgress, note: ExportNote) {
        self.serial = serial
        self.from = from
        self.to = to
        self.note = note
    }
}

/// A line of an export's history.
package struct ExportNote: Sendable, Equatable {
    package let at: Date
    /// What happened, in plain words.
    package let text: String
    package let by: String
    package let intuitTID: String?

    package init(at: Date, text: String, by actor: Actor = .system(.exporter), intuitTID: String? = nil) {
        self.init(at: at, text: text, by: actor.text, intuitTID: intuitTID)
    }

    /// As stored.
    package init(at: Date, text: String, by: String, intuitTID: String?) {
        self.at = at
        self.text = text
        self.by = by
        self.intuitTID = intuitTID
    }
}

package struct Settlement: Sendable {
    package let requestID: String?
    package let phase: Envelope.Phase
    package let changes: [ExportChange]
    /// What is known of sending to the company from now on; nil leaves it as it is.
    package let sending: SendingState?
    package let markerLook: MarkerLookChange

    package init(
        requestID: String? = nil, phase: Envelope.Phase = .closed, changes: [ExportChange],
        sending: SendingState? = nil, markerLook: MarkerLookChange = .none
    ) {
        self.requestID = requestID
        self.phase = phase
        self.changes = changes
        self.sending = sending
        self.markerLook = markerLook
    }
}

/// What a settlement does to the company's look by marker.
package enum MarkerLookChange: Sendable, Equatable {
    case none
    /// It begins, or has come to another place.
    case to(MarkerLook)
    case ended
}

/// The connection belongs to another company than the envelope was composed for; nothing was written.
package struct CompanyChanged: Error, Equatable, Sendable {
    package init() {}
}

/// An export was no longer where the writer thought; nothing was written.
package struct ProgressMoved: Error, Equatable, Sendable {
    package let serial: Int64

    package init(serial: Int64) { self.serial = serial }
}

package enum ExportSelection: Sendable, Equatable {
    case serials([Int64])
    /// All that an account number, class, location or period keeps from being sent.
    case blocked(Connection.ID)
    /// All of one company that one cause keeps from being sent.
    case blockedBy(Problem, Connection.ID)
    case inState(ExportState.Name)
    /// All of one company that are in Error.
    case inError(Connection.ID)
}

package struct ChangeOutcome: Sendable, Equatable {
    package enum Result: Sendable, Equatable {
        case changed(ExportState.Name)
        case refused(ExportEventRefused)
        case notThere
    }

    package let serial: Int64
    package let result: Result

    package init(serial: Int64, result: Result) {
        self.serial = serial
        self.result = result
    }
}

/// Account numbers and stores, as the Account Numbers page shows and saves them.
package struct BooksSettings: Sendable, Equatable {
    package var numbers: AccountNumbers
    package var stores: [Store]

    package init(numbers: AccountNumbers = .init(), stores: [Store] = []) {
        self.numbers = numbers
        self.stores = stores
    }

    /// Which company a store posts to.
    package func connection(of store: StoreNumber) -> Connection.ID {
        stores.first { $0.number == store }?.connection ?? .first
    }

    /// The stores that post to a company, those among them that are known by their account numbers alone.
    func stores(postingTo connection: Connection.ID) -> Set<StoreNumber> {
        let known = [.defaults] + stores.map(\.number) + numbers.numbers.keys.map(\.store)
        return Set(known.filter { self.connection(of: $0) == connection })
    }
}

/// What happened to a store's exports when it was assigned to another company.
package struct StoreMove: Sendable, Equatable {
    /// Nothing of them had been sent: they go to the new company.
    package let moved: Int
    /// They had an envelope, so they end where it was sent.
    package let stayed: Int

    package init(moved: Int, stayed: Int) {
        self.moved = moved
        self.stayed = stayed
    }
}
