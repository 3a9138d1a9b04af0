// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A consent's code or a pasted token is tried, at Intuit and on its company, and only then replaces what is stored.
extension TokenLifecycle {
    enum Adopting: Sendable, Equatable {
        case idle
        /// What is stored is read before Intuit is asked.
        case preparing(AdoptionRequest, FirstAnswer?)
        case asking(AdoptionCall)
        /// Intuit has answered; what is stored is read again.
        case weighing(Trial, AdoptionAnswer)
        /// What Intuit gave for the connection's own refresh token is on its way to the database.
        case keeping(Trial)
        case applying(Trial)
        /// The answer held no access token; what is stored is read once more.
        case incomplete(Trial)
        case readingCompany(Trial)
        /// QuickBooks has answered for the company; what is stored is read once more.
        case judging(Trial, LedgerAnswer<Company>)
        case installing(Trial, Adopted, App.Key)
        case closing(Trial, Adopted, App.Key)
    }

    struct AdoptionCall: Sendable, Equatable {
        let request: AdoptionRequest
        let began: Date
        /// Whether the keys were stored before; otherwise they were typed, and are tried without the stored second
        /// secret.
        let isKnown: Bool
        let first: FirstAnswer?
    }

    /// An answer that held a refresh token only, which is tried now.
    struct FirstAnswer: Sendable, Equatable {
        let adoption: Adoption
        let tid: String?
    }

    /// A granted answer on its way to becoming the connection's grant.
    struct Trial: Sendable, Equatable {
        let adoption: Adoption
        let keys: AdoptionKeys
        let tid: String?
        let first: FirstAnswer?
        var pair: TokenPair?
        /// Whether the answer was stored as a refresh with the connection's own refresh token.
        var isKept = false

        var words: AdoptionWords { AdoptionWords(isPaste: adoption.pastedToken != nil) }
        var refreshToken: Secret? { pair?.refreshToken ?? adoption.pastedToken }
    }

    /// Decides what to do next.
    ///
    /// A request begins anew; an event that does not fit ends the trial, and what was stored stays.
    mutating func apply(_ event: AdoptionEvent, at moment: TokenMoment) -> [AdoptionAction] {
        switch (adopting, event) {
        case (_, .askWanted(let request)):
            adopting = .preparing(request, nil)
            return [.read]
        case (_, .answerWaited(let adoption, let answer, let app)):
            adopting = .weighing(Trial(adoption: adoption, keys: .stored(app), tid: answer.tid, first: nil), answer)
            return [.read]
        case (.preparing(let request, let first), .read(let ground)): return ask(request, first, ground, moment)
        case (.asking(let call), .answered(let generation, let answer, let app)):
            adopting = .weighing(Trial(call, generation, answer, app), answer)
            return [.noteSecret, .read]
        case (.asking(let call), .unanswered(let failure)):
            let words = AdoptionWords(isPaste: call.request.request.pastedToken != nil)
            return conclude(.refused(words.unreachable(failure)), call.first)
        case (.asking(let call), .stopped): return conclude(.stopped, call.first)
        case (.weighing(let trial, let answer), .read(let ground)): return weigh(trial, answer, ground, moment)
        case (.keeping(var trial), .stored(let isStored)):
            trial.isKept = isStored
            adopting = .applying(trial)
            // If the database has another grant, the answer stays open in the journal and is taken over from there.
            return (isStored ? [.markApplied(trial.adoption.generation)] : []) + [.reportWritten]
        case (.applying(let trial), .written): return tryCompany(trial)
        case (.incomplete(let trial), .read(let ground)): return complete(trial, ground, moment)
        case (.readingCompany(let trial), .company(let answer)):
            adopting = .judging(trial, answer)
            return [.read]
        case (.judging(let trial, .answer(let company)), .read(let ground)): return install(trial, company, ground)
        case (.judging(let trial, let answer), .read(let ground)): return turnedAway(trial, answer, ground)
        case (.installing(let trial, let adopted, let key), .installed): return close(trial, adopted, key)
        case (.installing(let trial, let adopted, _), .taken(let other)):
            // It was connected another way while Intuit and QuickBooks were asked.
            return refuse(trial, trial.words.taken(adopted.company, by: other, tid: trial.tid))
        case (.closing(let trial, let adopted, let key), .written):
            adoptionEnded()
            grantChanged()
            return [.announceKeys(key)] + conclude(.adopted(adopted), trial.first)
        case (.idle, _), (.preparing, _), (.asking, _), (.weighing, _), (.keeping, _), (.applying, _),
            (.incomplete, _), (.readingCompany, _), (.judging, _), (.installing, _), (.closing, _):
            return conclude(.refused(AdoptionWords.interrupted), nil)
        }
    }

    private mutating func ask(
        _ wanted: AdoptionRequest, _ first: FirstAnswer?, _ ground: AdoptionGround, _ moment: TokenMoment
    ) -> [AdoptionAction] {
        let isKnown = ground.app?.clientSecret == wanted.app.clientSecret
        let request = AdoptionRequest(
            connection: wanted.connection, request: wanted.request,
            app: isKnown ? wanted.app : wanted.app.withoutOtherSecret, realmID: wanted.realmID)
        adopting = .asking(
            AdoptionCall(request: wanted, began: moment.now, isKnown: isKnown, first: first))
        return [.ask(request, isOwn: ground.isOwn(wanted.request.pastedToken))]
    }

    /// Reads Intuit's answer, and decides whether to store it before anything else is tried with it.
    private mutating func weigh(
        _ trial: Trial, _ answer: AdoptionAnswer, _ ground: AdoptionGround, _ moment: TokenMoment
    ) -> [AdoptionAction] {
        let isOwn = ground.isOwn(trial.adoption.pastedToken)
        guard case .granted(let pair) = answer.verdict else {
            // The connection uses this very token, and Intuit may just have changed it.
            if case .unusable = answer.verdict, answer.mayHideAGrant, isOwn { isInDoubt = true }
            return refuse(trial, trial.words.refusal(answer.verdict, reason: answer.reason, tid: answer.tid))
        }
        var trial = trial
        trial.pair = pair.newFirst(after: trial.adoption.pastedToken)
        guard trial.refreshToken != nil else { return refuse(trial, trial.words.noRefreshToken(tid: answer.tid)) }
        guard isOwn, let held = ground.held, let sent = trial.adoption.pastedToken,
            held.grant.generation < trial.adoption.generation
        else { return tryCompany(trial) }
        let next = Grant(
            pair, after: held.grant, sent: sent, generation: trial.adoption.generation, now: trial.adoption.at)
        adopting = .keeping(trial)
        let kind: ConnectionNote.Kind = next.refreshToken != sent ? .rotated : .refreshed
        return [.rotate(from: held.grant.generation, to: next, kind, tid: trial.tid)]
    }

    private mutating func tryCompany(_ trial: Trial) -> [AdoptionAction] {
        guard let token = trial.pair?.accessToken else {
            adopting = .incomplete(trial)
            return [.read]
        }
        adopting = .readingCompany(trial)
        return [.readCompany(trial.keys.app, token, realmID: trial.adoption.realmID)]
    }

    /// The refresh token that came alone gets an access token to try the company with, once.
    private mutating func complete(
        _ trial: Trial, _ ground: AdoptionGround, _ moment: TokenMoment
    ) -> [AdoptionAction] {
        let kept = keepKeys(trial, ground)
        guard trial.first == nil, !moment.isStopping, let token = trial.refreshToken else {
            return kept + conclude(.pending(tid: trial.tid), trial.first)
        }
        adopting = .preparing(
            AdoptionRequest(
                connection: trial.adoption.connection, request: .refresh(token), app: trial.keys.app,
                realmID: trial.adoption.realmID),
            FirstAnswer(adoption: trial.adoption, tid: trial.tid))
        return kept + [.read]
    }

    /// QuickBooks refuses the company, or can't be asked just now.
    private mutating func turnedAway(
        _ trial: Trial, _ answer: LedgerAnswer<Company>, _ ground: AdoptionGround
    ) -> [AdoptionAction] {
        guard
            let refusal = trial.words.companyRefusal(answer, realmID: trial.adoption.realmID, own: ground.company)
        else { return keepKeys(trial, ground) + conclude(.pending(tid: trial.tid), trial.first) }
        // An answer that was stored as a refresh stays the connection's grant, even if QuickBooks refuses the company.
        return trial.isKept ? conclude(.refused(refusal), trial.first) : refuse(trial, refusal)
    }

    /// The keys have just worked, and without them the company could not be tried again later.
    ///
    /// They are kept as an app; the app that a connection with a company uses changes only with its grant.
    private func keepKeys(_ trial: Trial, _ ground: AdoptionGround) -> [AdoptionAction] {
        let app = ground.latest(trial.keys)
        guard ground.apps.first(where: { $0.key == app.key }) != app else { return [] }
        return [.saveApp(app, for: ground.company == nil ? trial.adoption.connection : nil)]
    }

    /// Stores the grant, or proposes it: where a pasted token is a connection's first, a person has to confirm the
    /// company.
    private mutating func install(
        _ trial: Trial, _ company: Company, _ ground: AdoptionGround
    ) -> [AdoptionAction] {
        guard let grant = trial.grant(on: ground) else { return refuse(trial, AdoptionWords.interrupted) }
        let app = ground.latest(trial.keys)
        let isPasted = (trial.first?.adoption ?? trial.adoption).pastedToken != nil
        let adopted = Adopted(company: company, isProposed: isPasted && ground.company == nil)
        adopting = .installing(trial, adopted, app.key)
        return [
            adopted.isProposed
                ? .propose(grant, company, app, tid: trial.tid) : .install(grant, company, app, tid: trial.tid)
        ]
    }

    private mutating func close(_ trial: Trial, _ adopted: Adopted, _ key: App.Key) -> [AdoptionAction] {
        let generation = trial.adoption.generation
        adopting = .closing(trial, adopted, key)
        // Consents and tokens that waited are older than this grant, and must not replace it later.
        return [.markApplied(generation), .giveUpAdoptions(before: generation), .reportWritten]
    }

    private mutating func refuse(_ trial: Trial, _ refusal: AdoptionRefused) -> [AdoptionAction] {
        [.markRefused(trial.adoption.generation)] + conclude(.refused(refusal), trial.first)
    }

    /// An answer that held only a refresh token is done with once that token was tried.
    private mutating func conclude(_ end: AdoptionEnd, _ first: FirstAnswer?) -> [AdoptionAction] {
        adopting = .idle
        guard let first else { return [.finish(end)] }
        switch end {
        // No answer: the first one waits in the journal to be tried again.
        case .refused(let refusal) where !refusal.isFinal: return [.finish(.pending(tid: first.tid))]
        case .adopted, .refused: return [.markRefused(first.adoption.generation), .finish(end)]
        case .pending, .stopped: return [.finish(end)]
        }
    }
}

extension TokenLifecycle.Trial {
    /// An answer to a call.
    fileprivate init(
        _ call: TokenLifecycle.AdoptionCall, _ generation: Int64, _ answer: AdoptionAnswer, _ app: App
    ) {
        let request = call.request
        adoption = Adoption(
            connection: request.connection, generation: generation, at: call.began, realmID: request.realmID,
            clientID: request.app.clientID, pastedToken: request.request.pastedToken)
        keys = call.isKnown ? .stored(app) : .typed(request.app.with(hasWorked: true))
        tid = answer.tid
        first = call.first
    }

    /// A grant that was stored as a refresh also has the earlier refresh tokens; nil when the answer lacks a token.
    fileprivate func grant(on ground: AdoptionGround) -> Grant? {
        if isKept, let kept = ground.grant { return kept }
        guard let pair, let accessToken = pair.accessToken, let refreshToken else { return nil }
        return Grant(
            pair, accessToken: accessToken, refreshToken: refreshToken, pasted: adoption.pastedToken,
            generation: adoption.generation, now: adoption.at)
    }
}

extension AdoptionGround {
    /// Whether the token is the connection's own present one.
    fileprivate func isOwn(_ pasted: Secret?) -> Bool {
        guard let pasted else { return false }
        return held?.grant.refreshToken == pasted
    }

    /// The keys as they are stored now: somebody may have entered another Client Secret while Intuit was asked.
    fileprivate func latest(_ keys: AdoptionKeys) -> App {
        switch keys {
        case .typed(let app): app
        case .stored(let app): apps.first { $0.key == app.key } ?? app
        }
    }
}
