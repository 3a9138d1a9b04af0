// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Takes over answers that reached the journal but not the database: after a crash, after a commit that failed, and
/// after a backup was restored.
///
/// The newest grant goes into the database. Consents and pasted tokens that were never tried to the end are tried,
/// unless something newer has taken their place.
extension TokenLifecycle {
    enum Recovery: Sendable, Equatable {
        case idle
        case reading
        /// The newest grant is on its way to the database.
        case storing(newest: TokenJournalReading.Entry, TokenJournalReading)
        /// The first of the waiting is compared with the connections and keys there are now.
        case comparing(Waiting)
        /// The first of the waiting is tried; if its answer is old, with a new answer of Intuit's.
        case trying(Waiting, askedAnew: Bool)
        /// It is being written down that the first of the waiting is given up, before the history says so.
        case givingUp(Waiting, String, tid: String?)
    }

    /// Consents and pasted tokens that wait to be tried, oldest first.
    struct Waiting: Sendable, Equatable {
        let entry: TokenJournalReading.Entry
        let adoption: Adoption
        let others: [TokenJournalReading.Entry]
        let journal: TokenJournalReading
    }

    /// After this many seconds an answer's access token may have expired, and its refresh token is used instead.
    private static let accessTokenTrust: TimeInterval = 3_000

    /// Decides what to do next.
    ///
    /// A request begins anew; an event that does not fit ends it, and what waits is tried the next time.
    mutating func apply(_ event: RecoveryEvent, at moment: TokenMoment) -> [RecoveryAction] {
        switch (recovery, event) {
        case (_, .recoveryWanted):
            recovery = .reading
            return [.read]
        case (.reading, .read(_, _, nil)):
            adoptionEnded()
            return recovered()
        case (.reading, .read(let stored, let app, let journal?)):
            return takeOver(journal, stored, app)
        case (.storing(let newest, let journal), .stored):
            // The answer had a refresh token only; a refresh with it is still to follow.
            if newest.pair?.accessToken == nil { isInDoubt = true }
            return [.markApplied(newest.generation)] + tryAll(journal.openAdoptions, journal)
        case (.comparing(let waiting), .compared(let surroundings)):
            return compare(waiting, surroundings, moment)
        case (.trying(let waiting, let askedAnew), .tried(let end)):
            return tried(waiting, end, askedAnew: askedAnew, moment)
        case (.givingUp(let waiting, let text, let tid), .written):
            adoptionEnded()
            return [.note(.refused, text, tid: tid)] + tryNext(waiting.others, waiting.journal)
        case (.idle, _), (.reading, _), (.storing, _), (.comparing, _), (.trying, _), (.givingUp, _):
            return recovered()
        }
    }

    private mutating func recovered() -> [RecoveryAction] {
        recovery = .idle
        return [.finish]
    }

    private mutating func takeOver(
        _ journal: TokenJournalReading, _ stored: Connection?, _ app: App?
    ) -> [RecoveryAction] {
        guard let grant = stored?.grant, let app, let newest = journal.granted(after: grant.generation).last else {
            return tryAll(journal.openAdoptions, journal)
        }
        let newer = journal.granted(after: grant.generation)
        // What was granted for another company or app does not belong to what the database knows.
        let consents = newer.filter { $0.adoption != nil }
        guard consents.allSatisfy({ $0.isFor(stored?.company, app) }) else {
            return tryAll(journal.openAdoptions, journal)
        }
        // A consent that the database does not have is tried like one that never got there.
        if newest.adoption != nil { return tryNext([newest], journal) }
        recovery = .storing(newest: newest, journal)
        return [
            .rotate(
                from: grant.generation, to: newer.reduce(grant) { $0.after($1) },
                "Took over an answer of Intuit that the database did not have", tid: newest.answer.intuitTID)
        ]
    }

    private mutating func tryAll(_ open: [TokenJournalReading.Entry], _ journal: TokenJournalReading)
        -> [RecoveryAction]
    {
        // The journal may be ahead only by a call of unknown outcome, which a refresh settles.
        if open.isEmpty { adoptionEnded() }
        return tryNext(open, journal)
    }

    private mutating func tryNext(_ open: [TokenJournalReading.Entry], _ journal: TokenJournalReading)
        -> [RecoveryAction]
    {
        guard let entry = open.first, let adoption = entry.adoption else { return recovered() }
        recovery = .comparing(
            Waiting(entry: entry, adoption: adoption, others: Array(open.dropFirst()), journal: journal))
        return [.compare(adoption)]
    }

    private mutating func compare(
        _ waiting: Waiting, _ surroundings: AdoptionSurroundings, _ moment: TokenMoment
    ) -> [RecoveryAction] {
        let (entry, adoption) = (waiting.entry, waiting.adoption)
        if isSuperseded(waiting, surroundings) {
            let what = adoption.pastedToken == nil ? "A consent" : "A pasted refresh token"
            let text = "\(what) that waited to be tried was given up: something newer has taken its place"
            return giveUp(waiting, text, tid: entry.answer.intuitTID)
        }
        guard let app = surroundings.app else {
            adoptionFailed(now: moment.now)
            return tryNext(waiting.others, waiting.journal)
        }
        let isOld = moment.now.timeIntervalSince(adoption.at) > Self.accessTokenTrust
        if isOld, let pair = entry.pair?.newFirst(after: adoption.pastedToken),
            let token = pair.refreshToken ?? adoption.pastedToken
        {
            guard !moment.isStopping else { return tryNext(waiting.others, waiting.journal) }
            recovery = .trying(waiting, askedAnew: true)
            return [.ask(token, adoption, app)]
        }
        recovery = .trying(waiting, askedAnew: false)
        let next = surroundings.nextGeneration
        guard next > adoption.generation + 1 else { return [.tryAnswer(adoption, entry.answer, app)] }
        // A generation that was stored meanwhile must not win.
        let numbered = adoption.numbered(next)
        return [
            .journal(numbered, entry.answer), .markRefused(adoption.generation),
            .tryAnswer(numbered, entry.answer, app),
        ]
    }

    /// Whether a newer consent was granted, or by now the connection belongs to another company or the company to
    /// another connection.
    ///
    /// A mere refresh of what was there before supersedes nothing.
    private func isSuperseded(_ waiting: Waiting, _ surroundings: AdoptionSurroundings) -> Bool {
        let adoption = waiting.adoption
        let isTaken = surroundings.connections.contains { other in
            guard let company = other.company else { return false }
            if other.id == adoption.connection { return company.realmID != adoption.realmID }
            return company.realmID == adoption.realmID
                && other.app?.environment == surroundings.app?.environment
        }
        return isTaken
            || waiting.journal.entries.contains {
                $0.generation > waiting.entry.generation && $0.adoption != nil && $0.pair != nil
            }
    }

    private mutating func tried(
        _ waiting: Waiting, _ end: AdoptionEnd, askedAnew: Bool, _ moment: TokenMoment
    ) -> [RecoveryAction] {
        switch end {
        case .adopted:
            // The answer that waited is replaced by the one that Intuit gave for its refresh token.
            let replaced: [RecoveryAction] = askedAnew ? [.markRefused(waiting.adoption.generation)] : []
            return replaced + tryNext(waiting.others, waiting.journal)
        case .refused(let refusal) where refusal.isFinal:
            return giveUp(waiting, refusal.note, tid: refusal.tid ?? waiting.entry.answer.intuitTID)
        case .pending, .refused:
            adoptionFailed(now: moment.now)
            return tryNext(waiting.others, waiting.journal)
        case .stopped: return tryNext(waiting.others, waiting.journal)
        }
    }

    private mutating func giveUp(_ waiting: Waiting, _ text: String, tid: String?) -> [RecoveryAction] {
        recovery = .givingUp(waiting, text, tid: tid)
        return [.markRefused(waiting.adoption.generation), .reportWritten]
    }
}

extension TokenJournalReading.Entry {
    fileprivate func isFor(_ company: Company?, _ app: App) -> Bool {
        adoption?.realmID == company?.realmID && adoption?.clientID == app.clientID
    }
}

extension Adoption {
    fileprivate func numbered(_ generation: Int64) -> Adoption {
        Adoption(
            connection: connection, generation: generation, at: at, realmID: realmID, clientID: clientID,
            pastedToken: pastedToken)
    }
}

extension Grant {
    /// The grant after a journaled answer: to a refresh with the newest refresh token, or to a consent that replaced
    /// it.
    fileprivate func after(_ entry: TokenJournalReading.Entry) -> Grant {
        guard let pair = entry.pair else { return self }
        guard let adoption = entry.adoption, let token = pair.refreshToken ?? adoption.pastedToken,
            let accessToken = pair.accessToken
        else {
            return Grant(pair, after: self, sent: refreshToken, generation: entry.generation, now: entry.at)
        }
        return Grant(
            pair, accessToken: accessToken, refreshToken: token, pasted: adoption.pastedToken,
            generation: entry.generation, now: entry.at)
    }
}
