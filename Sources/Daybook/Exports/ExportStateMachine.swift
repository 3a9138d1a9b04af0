// SPDX-License-Identifier: Apache-2.0
package import Foundation

/// What can happen to an export.
package enum ExportEvent: Hashable, Sendable {
    /// An envelope with it was committed.
    case enveloped
    /// Its document was posted, by QuickBooks' own answer.
    case posted(Receipt)
    /// Its document was definitely refused.
    case refused(Refusal)
    /// It can't be sent because of a problem.
    case blocked(Problem)
    /// The request it was in was certainly not carried out; it goes out again in a new envelope.
    case notBooked
    /// The request of several documents was definitely refused as a whole; it goes out again by itself.
    case refusedAsWhole
    /// Its request was too large (413) and held nothing else.
    case tooLargeAlone(RefusedAlone)
    /// QuickBooks said that its document number is used already; `refusal` is the failure when QuickBooks says so
    /// again.
    case numberTaken(Refusal, now: Date)
    /// A request with it may have gone out, until `end`, and no readable answer came.
    case outcomeUnknown(end: Date, firstLook: Date, Silence)
    /// The database is a restored copy: the export may have been sent, until `since`, without a trace in the database.
    ///
    /// `copy` is the notice's serial; nil when only a document in QuickBooks shows it.
    case lookRequired(since: Date, firstLook: Date, copy: Int64? = nil)
    /// A look found its document.
    case found(Receipt)
    /// A look found another document under its number, or its own document is in another company.
    case foundForeign(documentID: String, explanation: String)
    /// A look did not find it. `isProven` is true when the look read all there was, and began a horizon after the
    /// doubt; otherwise the document is looked for again.
    case notFound(lookBegan: Date, isProven: Bool, nextLook: Date)
    /// It could not be looked up just now.
    case lookPostponed(until: Date)
    /// A person wants it sent again.
    case resetRequested(now: Date)
    /// A person holds it back.
    case holdRequested
    /// A person lets it go on.
    case holdReleased(now: Date)
    /// The problem that blocked it may be gone.
    case problemCleared
    /// The day that it collects has ended; `netsToNothing` when no line is left of its legs.
    case dayClosed(netsToNothing: Bool)
    /// A person decides that it is not exported.
    case excludeRequested
    /// A person takes that decision back.
    case includeRequested(now: Date)
    /// A revision of what it delivers takes its place.
    case superseded
    /// A person takes back the file that brought what it delivers.
    case takeBackRequested
}

/// Why no answer came.
package enum Silence: Hashable, Sendable {
    /// QuickBooks or the network; `companyAnswered` is when QuickBooks last answered definitely for the company.
    case quickBooks(companyAnswered: Date?)
    /// Daybook was stopped, or its lease ran out. That is not the document's fault.
    case ourStop
}

extension ExportProgress {
    /// Decides the next state; does no I/O and reads no clock.
    ///
    /// - Throws: ``ExportEventRefused`` when the event can't happen in this state; nothing changes.
    package mutating func apply(_ event: ExportEvent) throws(ExportEventRefused) {
        switch (state, event) {
        case (.pending, .enveloped):
            state = .exporting
        case (.pending, .blocked(let problem)):
            state = .error(.blocked(problem))
        case (.exporting, .posted(let receipt)), (.checking, .found(let receipt)):
            state = .exported(receipt)
            attempts = ExportAttempts()
        case (.exporting, .notBooked):
            state = .pending
        case (.exporting, .refusedAsWhole):
            state = .pending
            attempts.goesAlone = true
        case (.exporting, .tooLargeAlone(let refused)):
            state = afterLoneRefusal(refused)
        case (.exporting, .numberTaken(let refusal, let now)):
            state = afterTakenNumber(refusal, now: now)
        case (.checking(let doubt), .lookPostponed(let until)):
            state = .checking(doubt.looked(next: until))
        case (.exporting, .refused(let refusal)):
            state = .error(.refused(refusal))
        case (.exporting, .outcomeUnknown(let end, let firstLook, let silence)):
            lastDoubt = end
            if case .quickBooks(let answered) = silence { attempts.wentUnanswered(at: end, companyAnswered: answered) }
            state = .checking(Doubt(since: end, lookNoEarlierThan: firstLook))
        case (.pending, .lookRequired(let since, let firstLook, let copy)):
            lastDoubt = max(lastDoubt ?? since, since)
            state = .checking(Doubt(since: since, lookNoEarlierThan: firstLook, copy: copy))
        case (.checking, .foundForeign(let documentID, let explanation)),
            (.pending, .foundForeign(let documentID, let explanation)):
            state = .error(.foreignDocument(documentID: documentID, explanation: explanation))
        case (.checking(let doubt), .notFound(let lookBegan, let isProven, let nextLook)):
            state =
                isProven
                ? afterProvenAbsence(at: lookBegan, of: doubt) : .checking(doubt.looked(next: nextLook))
        case (.error, .resetRequested(let now)), (.onHold, .holdReleased(let now)),
            (.excluded, .includeRequested(let now)):
            state = sendAgain(now: now)
        case (.error(.blocked), .problemCleared):
            state = sendAgain(now: nil)
        case (.pending, .holdRequested), (.error, .holdRequested):
            state = .onHold
        case (.collecting, .dayClosed(let netsToNothing)):
            state = netsToNothing ? .nothingToPost : .pending
        case (.pending, .excludeRequested), (.error, .excludeRequested), (.onHold, .excludeRequested):
            state = .excluded
        case (.collecting, .superseded), (.pending, .superseded), (.error, .superseded), (.onHold, .superseded),
            (.excluded, .superseded):
            // A document that may be in QuickBooks is looked up first; then it is corrected, or its absence is proven.
            guard lastDoubt == nil else { throw ExportEventRefused(state: self.state.name, event: event) }
            state = .withdrawn
        case (.collecting, .takeBackRequested), (.pending, .takeBackRequested), (.error, .takeBackRequested),
            (.onHold, .takeBackRequested), (.excluded, .takeBackRequested):
            guard lastDoubt == nil else { throw ExportEventRefused(state: self.state.name, event: event) }
            state = .withdrawn
        case (.collecting, _), (.pending, _), (.exporting, _), (.checking, _), (.exported, _), (.error, _),
            (.onHold, _),
            (.excluded, _), (.withdrawn, _), (.nothingToPost, _):
            throw ExportEventRefused(state: state.name, event: event)
        }
    }

    /// Error when it is certain that the document is the cause of the 413; until then Pending.
    private mutating func afterLoneRefusal(_ refused: RefusedAlone) -> ExportState {
        guard attempts.noteTooLarge(refused) else { return .pending }
        attempts.tooLargeSince = nil
        attempts.tooLargeRounds = 0
        return .error(.refused(refused.refusal))
    }

    /// The proof ends the doubt: a later reset need not look again.
    private mutating func afterProvenAbsence(at lookBegan: Date, of doubt: Doubt) -> ExportState {
        lastDoubt = nil
        absentAt = lookBegan
        absentCopy = doubt.copy ?? absentCopy
        guard attempts.isHopeless else { return .pending }
        attempts = ExportAttempts()
        return .error(.refused(.unanswerable))
    }

    /// The first time, a look finds out whose document has the number; the second time it is a refusal.
    private mutating func afterTakenNumber(_ refusal: Refusal, now: Date) -> ExportState {
        guard !attempts.isNumberTaken else {
            attempts.isNumberTaken = false
            return .error(.refused(refusal))
        }
        attempts.isNumberTaken = true
        lastDoubt = now
        return .checking(Doubt(since: now, lookNoEarlierThan: now))
    }

    /// An export with any unanswered attempt is looked up before it is sent again.
    private func sendAgain(now: Date?) -> ExportState {
        guard let lastDoubt else { return .pending }
        return .checking(Doubt(since: lastDoubt, lookNoEarlierThan: now ?? lastDoubt))
    }
}

/// An event that can't happen in an export's state, in words for the person who asked for it.
package struct ExportEventRefused: Error, Hashable, Sendable {
    package let state: ExportState.Name
    package let event: ExportEvent

    package init(state: ExportState.Name, event: ExportEvent) {
        self.state = state
        self.event = event
    }

    package var message: String {
        switch (event, state) {
        case (.resetRequested, .exported):
            "It is already in QuickBooks Online; sending it again would book it twice."
        case (.resetRequested, .pending):
            "It is Pending already and goes out by itself; no reset is needed."
        case (.resetRequested, .exporting), (.resetRequested, .checking):
            "It is being sent or looked up just now; wait until that is settled."
        case (.resetRequested, .onHold):
            "It is On hold; release it instead."
        case (.resetRequested, .excluded), (.holdRequested, .excluded):
            "It is Excluded and stays where it is; include it first."
        case (.resetRequested, .withdrawn), (.holdRequested, .withdrawn), (.excludeRequested, .withdrawn):
            "A revision took its place, or its file was taken back; it will not be sent."
        case (.resetRequested, .nothingToPost), (.holdRequested, .nothingToPost), (.excludeRequested, .nothingToPost):
            "Its amounts come to nothing, so no document goes to QuickBooks Online."
        case (.resetRequested, .collecting), (.holdRequested, .collecting):
            "Its day is still open; wait until the day is closed."
        case (.holdRequested, .exported):
            "It is already in QuickBooks Online and can't be held back."
        case (.holdRequested, .exporting), (.holdRequested, .checking):
            "It is being sent or looked up just now and can't be held back; wait until that is settled."
        case (.holdRequested, .onHold):
            "It is On hold already."
        case (.holdReleased, _):
            "It is not On hold."
        case (.excludeRequested, .exported):
            "It is already in QuickBooks Online and can't be excluded; correct it instead."
        case (.excludeRequested, .exporting), (.excludeRequested, .checking):
            "It is being sent or looked up just now and can't be excluded; wait until that is settled."
        case (.excludeRequested, .collecting):
            "Its day is still open; exclude it once the day is closed."
        case (.excludeRequested, .excluded):
            "It is Excluded already."
        case (.includeRequested, _):
            "It is not Excluded."
        case (.superseded, .pending), (.superseded, .error), (.superseded, .onHold), (.superseded, .excluded):
            "It may be in QuickBooks Online already and is looked up first; then the revision corrects it."
        default:
            "This can't happen to an export that is \(state.title)."
        }
    }
}

extension Duration {
    /// The duration in seconds, for adding to a Date; it is never used for money.
    package var seconds: TimeInterval {
        let parts = components
        return TimeInterval(parts.seconds) + TimeInterval(parts.attoseconds) / 1e18
    }
}

extension Refusal {
    /// QuickBooks answers for other documents, but repeatedly not for this one.
    fileprivate static let unanswerable = Refusal(
        code: "no-answer",
        explanation: """
            QuickBooks Online gives no usable answer whenever this document is sent, although it answers for others. \
            It is certainly not booked. Look at the transaction for what sets it apart, then press Reset for export to \
            try once more; or press Hold, so that nobody resets it, and enter it in QuickBooks by hand.
            """,
        intuitTID: nil)
}
