// SPDX-License-Identifier: Apache-2.0
import Foundation

extension TokenKeeper {
    /// One refresh, under the connection's lock.
    func refresh(_ connection: Connection.ID) async throws -> TokenAvailability {
        let availability = try await refreshOnce(connection)
        update(connection) { turn in
            turn.refreshes += 1
            turn.latest = availability
        }
        return availability
    }

    private func refreshOnce(_ connection: Connection.ID) async throws -> TokenAvailability {
        let wasUnstored = try await storeUnstored(connection)
        // Read anew under the lock: what the caller saw may be old.
        guard let held = try await holding(connection) else { return .unavailable(retryAt: nil) }
        if wasUnstored || isStopping { return held.lastResort(now: clock.now, retryAt: wasUnstored ? clock.now : nil) }
        return try await refresh(held, with: held.grant.refreshToken)
    }

    /// What the journal has must be in the database first: the database's own string is used up.
    ///
    /// - Returns: Whether there was such a thing.
    func storeUnstored(_ connection: Connection.ID) async throws -> Bool {
        guard remembered(connection).unstored != nil else { return false }
        try await recover(connection)
        update(connection) { $0.refreshSucceeded() }
        return true
    }

    /// Asks with one string of the grant, the newest or an earlier one.
    func refresh(_ held: Holding, with token: Secret) async throws -> TokenAvailability {
        guard let app = try await storage.app(of: held.id) else { return .unavailable(retryAt: nil) }
        let call: TokenCall
        do {
            call = try await self.call(.refresh(token), app, on: held.id, after: held.grant.generation) {
                generation, at, answer in
                .answer(connection: held.id, generation: generation, at: at, answer: answer)
            }
        } catch let failure as TokenCallFailure where failure.isForMissingEnvironment {
            return try await refusedAsConfigured(held, .environmentMissing, failure.reason, tid: nil)
        } catch let failure as TokenCallFailure {
            return try await notNow(held, "Intuit gave no answer: \(failure.reason)", tid: nil)
        } catch is KeeperIsStopping {
            return held.lastResort(now: clock.now, retryAt: nil)
        }
        return try await conclude(call, held, sent: token)
    }

    private func conclude(_ call: TokenCall, _ held: Holding, sent: Secret) async throws -> TokenAvailability {
        switch call.verdict {
        case .granted(let pair):
            let availability =
                pair.accessToken == nil
                ? try await storeIncomplete(pair, of: call, held, sent: sent)
                : try await store(pair, of: call, held, sent: sent)
            try await noteSecret(of: call)
            return availability
        case .refused(.invalidGrant):
            try await refused(held.id, generation: call.generation)
            try await noteSecret(of: call)
            return try await refusedGrant(held, sent: sent, reason: call.reason, tid: call.tid)
        case .refused(.invalidClient):
            try await refused(held.id, generation: call.generation)
            return try await refusedAsConfigured(
                held, .clientRefused, "Intuit refused the Client ID or Client Secret".saying(call.reason), tid: call.tid
            )
        case .refused(.other(let error)):
            try await refused(held.id, generation: call.generation)
            let cause: ConnectionTrouble.Cause = error == "unauthorized_client" ? .appRefused : .requestRefused
            return try await refusedAsConfigured(
                held, cause, "Intuit refused the refresh (\(error))".saying(call.reason), tid: call.tid)
        case .unusable(let reason):
            try await unanswered(
                held.id, generation: call.generation, mayHaveBeenExecuted: call.answer.mayHideAGrant)
            return try await notNow(held, "Intuit gave no usable answer: \(reason)", tid: call.tid)
        }
    }

    private func store(
        _ pair: TokenPair, of call: TokenCall, _ held: Holding, sent: Secret
    ) async throws -> TokenAvailability {
        let next = Grant(pair, after: held.grant, sent: sent, generation: call.generation, now: call.at)
        let rotated = next.refreshToken != held.grant.refreshToken
        let text = rotated ? "Refreshed; Intuit changed the refresh token" : "Refreshed"
        let note = ConnectionNote(
            rotated ? .rotated : .refreshed, at: clock.now, text: pair.remarked(text), by: Self.name,
            intuitTID: call.tid)
        // After a lost answer, and where an earlier string was taken, a change is no sign of anybody else.
        let isOurs = remembered(held.id).isInDoubt || sent != held.grant.refreshToken
        let sign = isOurs ? nil : SecondCopySign(pair, after: held.grant, now: call.at)
        // Until the database has it, this is the only place where the present token is at hand.
        update(held.id) { $0.unstored = next }
        let isStored = try await storage.rotate(held.id, from: held.grant.generation, to: next, note: note)
        try await applied(held.id, generation: next.generation)
        update(held.id) { $0.refreshSucceeded() }
        // Another writer of the same generation can only be a reconnect; its grant is the newer one.
        if isStored { notices.emit(.refreshed(connection: held.id, rotated: rotated, intuitTID: call.tid)) }
        if held.trouble?.isEnded(by: .tokenAnswer) == true { try await restored(held.id, tid: call.tid) }
        if let sign { try await warnOfSecondCopy(held.id, sign, tid: call.tid) }
        return .usable(held.with(next).token)
    }

    /// The answer held a refresh token and no access token: the string is kept, and a refresh with it follows at once.
    ///
    /// The strings before it stay at hand, should it not be one.
    private func storeIncomplete(
        _ pair: TokenPair, of call: TokenCall, _ held: Holding, sent: Secret
    ) async throws -> TokenAvailability {
        guard let token = pair.refreshToken, !held.grant.holds(token) else {
            try await unanswered(held.id, generation: call.generation, mayHaveBeenExecuted: true)
            return try await notNow(
                held, pair.remarked("Intuit gave no usable answer: it held no new token"), tid: call.tid)
        }
        let next = Grant(pair, after: held.grant, sent: sent, generation: call.generation, now: call.at)
        let text = "Intuit's answer held no usable access token; its refresh token is kept and tried at once"
        let note = ConnectionNote(
            .refreshFailed, at: clock.now, text: pair.remarked(text), by: Self.name, intuitTID: call.tid)
        update(held.id) { $0.unstored = next }
        let isStored = try await storage.rotate(held.id, from: held.grant.generation, to: next, note: note)
        try await applied(held.id, generation: next.generation)
        let (retryAt, failures) = update(held.id) { turn in
            turn.unstored = nil
            turn.refusal = nil
            turn.isInDoubt = true
            // The access token goes on under the new number, and with it what the API said of it.
            if turn.refusedGeneration == held.grant.generation { turn.refusedGeneration = next.generation }
            return (turn.refreshFailed(now: clock.now), turn.failures)
        }
        guard isStored else { return .unavailable(retryAt: retryAt) }
        notices.emit(.refreshFailed(connection: held.id, cause: .unreachable, intuitTID: call.tid))
        // Only an answer with an access token shows a trouble to be over.
        if let trouble = held.trouble {
            try await storage.setTrouble(trouble, on: held.id, generation: next.generation, note: nil)
        }
        if failures >= Self.failuresUntilSaid {
            try await setTrouble(.unreachable, on: held.id, generation: next.generation, tid: call.tid)
        }
        return held.with(next).lastResort(now: clock.now, retryAt: retryAt)
    }

    /// No definite answer: nothing stored changes, and the old access token serves until its end.
    func notNow(_ held: Holding, _ text: String, tid: String?) async throws -> TokenAvailability {
        let (retryAt, failures) = update(held.id) { turn in
            // A refusal counts only when nothing else came between it and the next.
            turn.refusal = nil
            return (turn.refreshFailed(now: clock.now), turn.failures)
        }
        notices.emit(.refreshFailed(connection: held.id, cause: .unreachable, intuitTID: tid))
        try await note(.refreshFailed, text, on: held.id, tid: tid)
        if failures >= Self.failuresUntilSaid {
            try await setTrouble(.unreachable, on: held.id, generation: held.grant.generation, tid: tid)
        }
        return held.lastResort(now: clock.now, retryAt: retryAt)
    }

    /// The trouble is with the app or with our configuration, and definite: the grant is as good as before.
    private func refusedAsConfigured(
        _ held: Holding, _ cause: ConnectionTrouble.Cause, _ text: String, tid: String?
    ) async throws -> TokenAvailability {
        let retryAt = update(held.id) { turn in
            // As with an outage: a refusal of the string counts only when nothing else came between.
            turn.refusal = nil
            return turn.refreshFailed(now: clock.now)
        }
        notices.emit(.refreshFailed(connection: held.id, cause: cause, intuitTID: tid))
        try await note(.refreshFailed, text, on: held.id, tid: tid)
        try await setTrouble(cause, on: held.id, generation: held.grant.generation, tid: tid)
        return held.lastResort(now: clock.now, retryAt: retryAt)
    }
}

extension RawTokenAnswer {
    /// Whether a new grant may have been lost with this answer: not when Intuit said that it did nothing.
    var mayHideAGrant: Bool { (200..<300).contains(status) || status >= 500 }
}

extension Holding {
    fileprivate func with(_ grant: Grant) -> Holding {
        Holding(id: id, company: company, environment: environment, trouble: trouble, grant: grant)
    }
}
