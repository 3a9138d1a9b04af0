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
    /// It can't be sent as things are.
    case blocked(Problem)
    /// The request it was in was definitely refused as a whole; it goes out again in a new envelope.
    case notBooked
    /// A request with it went out and no readable answer came, until `end`.
    case outcomeUnknown(end: Date, firstLook: Date)
    /// The database is a restored copy: it may have been sent, until `since`, without the database's knowledge.
    case lookRequired(since: Date, firstLook: Date)
    /// A look found its document.
    case found(Receipt)
    /// A look found something else under its number.
    case foundForeign(documentID: String, explanation: String)
    /// A look that began at `lookBegan` did not find it.
    case notFound(lookBegan: Date, horizon: Duration)
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
        case (.exporting, .notBooked):
            state = .pending
        case (.checking(let doubt), .lookPostponed(let until)):
            state = .checking(Doubt(since: doubt.since, lookNoEarlierThan: until))
        case (.exporting, .refused(let refusal)):
            state = .error(.refused(refusal))
        case (.exporting, .outcomeUnknown(let end, let firstLook)):
            lastDoubt = end
            state = .checking(Doubt(since: end, lookNoEarlierThan: firstLook))
        case (.pending, .lookRequired(let since, let firstLook)):
            lastDoubt = max(lastDoubt ?? since, since)
            state = .checking(Doubt(since: since, lookNoEarlierThan: firstLook))
        case (.checking, .foundForeign(let documentID, let explanation)):
            state = .error(.foreignDocument(documentID: documentID, explanation: explanation))
        case (.checking(let doubt), .notFound(let lookBegan, let horizon)):
            state = Self.afterEmptyLook(doubt, lookBegan: lookBegan, horizon: horizon)
            if state == .pending { absentAt = lookBegan }
        case (.error, .resetRequested(let now)), (.onHold, .holdReleased(let now)):
            state = sendAgain(now: now)
        case (.error(.blocked), .problemCleared):
            state = sendAgain(now: nil)
        case (.pending, .holdRequested), (.error, .holdRequested):
            state = .onHold
        case (.pending, _), (.exporting, _), (.checking, _), (.exported, _), (.error, _), (.onHold, _):
            throw ExportEventRefused(state: state.name, event: event)
        }
    }

    /// "Not there" proves something only of a look begun after the horizon; before it, look again then.
    private static func afterEmptyLook(_ doubt: Doubt, lookBegan: Date, horizon: Duration) -> ExportState {
        let proof = doubt.since.addingTimeInterval(horizon.seconds)
        if lookBegan >= proof { return .pending }
        return .checking(Doubt(since: doubt.since, lookNoEarlierThan: proof))
    }

    /// Invariant 11: an export with any unanswered attempt is looked up before it is sent again.
    private func sendAgain(now: Date?) -> ExportState {
        guard let lastDoubt else { return .pending }
        return .checking(Doubt(since: lastDoubt, lookNoEarlierThan: now ?? lastDoubt))
    }
}

/// An event that can't happen in an export's state, in words for whoever asked for it.
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
        case (.holdRequested, .exported):
            "It is already in QuickBooks Online and can't be held back."
        case (.holdRequested, .exporting), (.holdRequested, .checking):
            "It is being sent or looked up just now and can't be held back; wait until that is settled."
        case (.holdRequested, .onHold):
            "It is On hold already."
        case (.holdReleased, _):
            "It is not On hold."
        default:
            "This can't happen to an export that is \(state.title)."
        }
    }
}

extension Duration {
    /// The duration in seconds, for adding to a Date; never near money.
    package var seconds: TimeInterval {
        let parts = components
        return TimeInterval(parts.seconds) + TimeInterval(parts.attoseconds) / 1e18
    }
}
