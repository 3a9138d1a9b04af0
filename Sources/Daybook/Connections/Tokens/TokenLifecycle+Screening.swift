// SPDX-License-Identifier: Apache-2.0

/// Whether a consent or a pasted token may be tried on a connection at all.
///
/// A token for another company than the connection's is refused, and both are named: the person chose the company at
/// Intuit, or typed its Realm ID. A token that another connection uses is refused without a call to Intuit: asking with
/// it may use it up.
extension TokenLifecycle {
    enum Screening: Sendable, Equatable {
        case idle
        /// What the journal has is put into the database first: the token in the database is used up.
        case recovering(Newcomer, Connection.ID)
        /// The known connections are being read.
        case comparing(Newcomer, Connection.ID)
        /// The code is being used up, to learn the name of the other company.
        case asking(OtherCompany)
        /// QuickBooks is asked for the name.
        case reading(OtherCompany, ScreenedAnswer)
        /// The consent is being ended again.
        case ending(OtherCompany)
    }

    /// Decides what to do next.
    ///
    /// A new consent or token begins anew; an event that does not fit stops the comparison.
    mutating func apply(_ event: ScreeningEvent, at moment: TokenMoment) -> [ScreeningAction] {
        switch (screening, event) {
        case (_, .brought(let newcomer, let connection)):
            return begin(newcomer, connection, moment)
        case (.recovering(let newcomer, let connection), .recovered):
            refreshSucceeded()
            screening = .comparing(newcomer, connection)
            return [.compare]
        case (.comparing(let newcomer, let connection), .compared(let known)):
            return screen(newcomer, connection, known)
        case (.asking(let other), .answered(let answer)): return look(answer, other, moment)
        // The company is named by its Realm ID only; the code expires by itself.
        case (.asking(let other), .unanswered): return refuse(.otherCompany(other))
        case (.asking, .stopped):
            screening = .idle
            return [.stop]
        case (.reading(let other, let answer), .company(let company)):
            var other = other
            other.company = company
            return end(answer, other, moment)
        case (.ending(let other), .ended(let isEnded)):
            var other = other
            // The person is told, and can end it in QuickBooks or use it for a new connection.
            other.remainsAtIntuit = !isEnded
            return refuse(.otherCompany(other))
        case (.idle, _), (.recovering, _), (.comparing, _), (.asking, _), (.reading, _), (.ending, _):
            screening = .idle
            return [.stop]
        }
    }

    private mutating func begin(
        _ newcomer: Newcomer, _ connection: Connection.ID, _ moment: TokenMoment
    ) -> [ScreeningAction] {
        guard !moment.isStopping else {
            screening = .idle
            return [.stop]
        }
        guard unstored == nil else {
            screening = .recovering(newcomer, connection)
            return [.recover]
        }
        screening = .comparing(newcomer, connection)
        return [.compare]
    }

    private mutating func screen(
        _ newcomer: Newcomer, _ connection: Connection.ID, _ known: [KnownConnection]
    ) -> [ScreeningAction] {
        let own = known.first { $0.id == connection }?.company
        if let own, own.realmID != newcomer.realmID {
            return name(OtherCompany(own: own), of: newcomer, known)
        }
        let owner = known.first { other in
            guard let pasted = newcomer.pastedToken, other.id != connection else { return false }
            return other.held?.grant.holds(pasted) == true
        }
        if let held = owner?.held { return refuse(.othersToken(held)) }
        screening = .idle
        return [.pass]
    }

    /// Names the other company: from what is stored here, or by asking QuickBooks when nothing here is connected to it.
    ///
    /// Intuit's grant belongs to app, company and user, so that ending a second consent for a company would end the
    /// first.
    private mutating func name(
        _ other: OtherCompany, of newcomer: Newcomer, _ known: [KnownConnection]
    ) -> [ScreeningAction] {
        var other = other
        let isIt: (Company) -> Bool = { $0.realmID == newcomer.realmID }
        if let company = known.compactMap(\.company).first(where: isIt) {
            other.company = company
            return refuse(.otherCompany(other))
        }
        for connection in known {
            if let proposed = connection.proposed, isIt(proposed) {
                other.company = proposed
                return refuse(.otherCompany(other))
            }
            // What waits in a journal may be for this very company, and would end with the consent.
            if connection.hasUnfinishedAdoption { return refuse(.otherCompany(other)) }
        }
        guard newcomer.pastedToken == nil else { return refuse(.otherCompany(other)) }
        screening = .asking(other)
        return [.ask]
    }

    private mutating func look(
        _ answer: ScreenedAnswer, _ other: OtherCompany, _ moment: TokenMoment
    ) -> [ScreeningAction] {
        var other = other
        other.tid = answer.tid
        let written: [ScreeningAction] = [.markRefused(answer.generation), .noteSecret]
        guard let pair = answer.pair else { return written + refuse(.otherCompany(other)) }
        guard let token = pair.accessToken else { return written + end(answer, other, moment) }
        screening = .reading(other, answer)
        return written + [.readCompany(answer.app, token)]
    }

    private mutating func end(
        _ answer: ScreenedAnswer, _ other: OtherCompany, _ moment: TokenMoment
    ) -> [ScreeningAction] {
        guard !moment.isStopping, let token = answer.pair?.refreshToken ?? answer.pair?.accessToken else {
            var other = other
            other.remainsAtIntuit = true
            return refuse(.otherCompany(other))
        }
        screening = .ending(other)
        return [.revoke(answer.app, token)]
    }

    private mutating func refuse(_ newcomer: RefusedNewcomer) -> [ScreeningAction] {
        screening = .idle
        return [.refuse(newcomer)]
    }
}
