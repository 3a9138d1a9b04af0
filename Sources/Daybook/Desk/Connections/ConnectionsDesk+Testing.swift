// SPDX-License-Identifier: Apache-2.0
import Foundation

extension ConnectionsDesk {
    /// **Test connection**: reads the company and its settings, compares the account numbers, and, if asked,
    /// writes an entry of a cent and deletes it at once.
    ///
    /// - Throws: ``Desk/Refused`` when the connection can't be used, in words.
    package func test(_ id: Connection.ID, writing: Bool = false, by actor: Actor) async throws -> ConnectionReport {
        try await act(.test, by: actor, on: Act.Subject.connection(id)) {
            do {
                return try await tested(id, writing: writing, by: actor)
            } catch let failed as FailedTest {
                try await storage.note(
                    ConnectionNote(
                        .refused, at: clock.now, text: "Test connection failed: \(failed.words.message)", by: actor,
                        intuitTID: failed.tid), on: id)
                throw failed.words
            }
        }
    }

    /// The company's chart of accounts, as QuickBooks had it half a minute ago at most.
    ///
    /// - Throws: ``Desk/Refused`` when the connection can't be used, in words.
    package func chart(of id: Connection.ID) async throws -> AccountChart {
        if let kept = charts.chart(of: id, at: clock.now) { return kept }
        do {
            let access = try await access(to: id)
            let chart = AccountChart(try await catalog(access))
            charts.keep(chart, of: id, at: clock.now)
            return chart
        } catch let failed as FailedTest {
            throw failed.words
        }
    }

    /// **Check accounts**: reads the company's chart, and finds all that would keep entries from being posted there.
    ///
    /// - Throws: ``Desk/Refused`` when the connection can't be used, in words.
    package func checkAccounts(of id: Connection.ID, by actor: Actor) async throws -> AccountCheck {
        try await act(.test, by: actor, on: Act.Subject.connection(id)) {
            do {
                let catalog = try await keptCatalog(try await access(to: id))
                try await keeper.accessTokenWorked(id, wrote: false)
                return try await AccountCheck(
                    AccountSettings(of: id, storage), catalog, of: id, storage, forgetting: true)
            } catch let failed as FailedTest {
                throw failed.words
            }
        }
    }

    private func catalog(_ access: Access) async throws -> AccountCatalog {
        try reserve(.catalog, access.ledger.connection)
        return try await answered(await ledger.catalog(access: access.ledger, now: clock.now), access)
    }

    /// The company's catalog, which is kept.
    private func keptCatalog(_ access: Access) async throws -> AccountCatalog {
        let catalog = try await catalog(access)
        try await ChartKeeping(storage: storage).keep(
            catalog, of: access.ledger.connection, realmID: access.ledger.realmID)
        return catalog
    }

    /// A test that failed, with Intuit's trace id if there is one.
    private struct FailedTest: Error {
        let words: Desk.Refused
        let tid: String?
    }

    private func tested(_ id: Connection.ID, writing: Bool, by actor: Actor) async throws -> ConnectionReport {
        let (facts, access) = try await facts(of: id)
        let catalog = try await keptCatalog(access)
        try await keeper.accessTokenWorked(id, wrote: false)
        if facts.mayWrite == true { try await keeper.subscriptionHolds(id) }
        let settings = try await AccountSettings(of: id, storage)
        let trial =
            writing ? try await self.trial(settings.resolution(catalog), settings.books, access, by: actor) : nil
        let report = ConnectionReport(
            facts, catalog, try await AccountCheck(settings, catalog, of: id, storage, forgetting: true), trial: trial,
            obstacle: try await obstacle(id, isTried: writing))
        try await storage.note(
            ConnectionNote(.tested, at: clock.now, text: report.summary, by: actor), on: id)
        return report
    }

    /// The trouble that is left after the test's calls, in words; nil when there is none.
    private func obstacle(_ id: Connection.ID, isTried: Bool) async throws -> String? {
        guard let trouble = try await storage.connection(id)?.trouble else {
            return keeper.pendingRefusal(of: id) == nil ? nil : Self.secondOpinion
        }
        let isEndedByTrial = trouble.isEnded(by: .writing) && !isTried
        return trouble.explanation + (isEndedByTrial ? " An entry of a cent shows whether that is over." : "")
    }

    private static let secondOpinion = "\(PendingRefusal.words). Then every page says what is known."

    private struct Access {
        let ledger: LedgerAccess
        let generation: Int64
    }

    /// The company's facts; an access token that is refused is replaced and the question asked once more.
    private func facts(of id: Connection.ID) async throws -> (CompanyFacts, Access) {
        let first = try await access(to: id)
        try reserve(.single, id)
        let answer = await ledger.facts(access: first.ledger)
        guard case .notExecuted(.unauthorized(let tid)) = answer else {
            return (try await answered(answer, first), first)
        }
        try await keeper.accessTokenRefused(id, generation: first.generation, tid: tid)
        let second = try await access(to: id)
        try reserve(.single, id)
        return (try await answered(await ledger.facts(access: second.ledger), second), second)
    }

    private func access(to id: Connection.ID) async throws -> Access {
        let connection = try await storage.known(id)
        switch try await keeper.token(for: id) {
        case .usable(let token):
            return Access(
                ledger: LedgerAccess(token, of: id), generation: token.generation)
        case .unavailable:
            throw try await noToken(connection)
        }
    }

    private func noToken(_ before: Connection) async throws -> FailedTest {
        if let trouble = try await storage.connection(before.id)?.trouble {
            return FailedTest(words: Desk.Refused(trouble.explanation), tid: trouble.intuitTID)
        }
        if let refusal = keeper.pendingRefusal(of: before.id) {
            return FailedTest(words: Desk.Refused(Self.secondOpinion), tid: refusal.intuitTID)
        }
        guard before.grant != nil else {
            return FailedTest(
                words: Desk.Refused("This connection is not connected. Press Connect to QuickBooks first."), tid: nil)
        }
        if keeper.isStopping { return FailedTest(words: .stopping, tid: nil) }
        if try await keeper.isAccessRefused(before.id) { return FailedTest(words: Self.accessRefused, tid: nil) }
        return FailedTest(
            words: Desk.Refused("Intuit gives no usable answer just now. Try again in a minute."), tid: nil)
    }

    private static let accessRefused = Desk.Refused(
        "QuickBooks refuses even a fresh access token (status 401). Try again in a few minutes; if it lasts, "
            + "press Connect to QuickBooks.")

    /// Takes room for a call.
    ///
    /// A person waits for it, so a call that is due within 5 seconds is made at once and counts at its due time.
    ///
    /// - Throws: ``FailedTest`` when the wait would be longer.
    private func reserve(_ call: LedgerCall, _ id: Connection.ID) throws {
        let now = clock.now
        let start = ledger.reserve(call, for: id, now: now)
        guard start > now else { return }
        guard start.timeIntervalSince(now) > 5 else {
            _ = ledger.reserve(call, for: id, now: start)
            return
        }
        let seconds = Int(start.timeIntervalSince(now).rounded(.up))
        throw FailedTest(
            words: Desk.Refused(
                "QuickBooks accepts no more calls for this company just now. Try again in \(seconds) seconds."),
            tid: nil)
    }

    private func answered<Value>(_ answer: LedgerAnswer<Value>, _ access: Access) async throws -> Value {
        switch answer {
        case .answer(let value): return value
        case .failed(let reason):
            throw FailedTest(
                words: Desk.Refused("QuickBooks gave no usable answer (\(reason)). Try again in a minute."), tid: nil)
        case .notExecuted(let reason): throw FailedTest(words: try await refusal(reason, access), tid: reason.intuitTID)
        }
    }

    /// The words for a call that was not carried out.
    ///
    /// What it shows about the connection is stored, as the exporter does.
    private func refusal(_ reason: NotExecuted, _ access: Access) async throws -> Desk.Refused {
        let id = access.ledger.connection
        switch reason {
        case .throttled: return Desk.Refused("QuickBooks asks to wait. Try again in a minute.")
        case .unreachable(let reason):
            return Desk.Refused("QuickBooks can't be reached just now (\(reason)). Try again in a minute.")
        case .tooLarge: return Desk.Refused("QuickBooks refuses the request as too large (413). Try again in a minute.")
        case .unauthorized(let tid):
            try await keeper.accessTokenRefused(id, generation: access.generation, tid: tid)
            // While Daybook is being stopped no new token is fetched.
            return keeper.isStopping ? .stopping : Self.accessRefused
        case .forbidden(let tid):
            try await keeper.companyRefused(id, generation: access.generation, tid: tid)
            return Desk.Refused(
                try await storage.connection(id)?.trouble?.explanation
                    ?? "QuickBooks does not let this connection into the company (its answer was 3100).")
        case .environmentMissing: return try await trouble(.environmentMissing, access, nil)
        case .subscriptionLapsed(let tid): return try await trouble(.subscriptionLapsed, access, tid)
        case .notAllowed(let tid): return try await trouble(.notAllowed, access, tid)
        }
    }

    private func trouble(_ cause: ConnectionTrouble.Cause, _ access: Access, _ tid: String?) async throws
        -> Desk.Refused
    {
        try await keeper.setTrouble(cause, on: access.ledger.connection, generation: access.generation, tid: tid)
        return Desk.Refused(ConnectionTrouble(cause: cause, since: clock.now).explanation)
    }

    private func trial(
        _ accounts: AccountResolution, _ books: BooksSettings, _ access: Access, by actor: Actor
    ) async throws -> ConnectionReport.Trial {
        guard let trial = trialEntry(accounts, books, of: access.ledger.connection) else {
            return .init(
                isGood: false,
                words: "Not written: it takes two accounts that entries may post to. Choose them first.")
        }
        try reserve(.trial, access.ledger.connection)
        // Noted before it is written: if the server is killed before the deletion, the history says what to look for.
        let text = "Writing journal entry \(trial.documentNumber) of one cent as a test, to be deleted at once"
        try await storage.note(
            ConnectionNote(.tested, at: clock.now, text: text, by: actor), on: access.ledger.connection)
        switch await ledger.tryWriting(trial, access: access.ledger) {
        case .writtenAndDeleted:
            try await keeper.accessTokenWorked(access.ledger.connection, wrote: true)
            return .init(
                isGood: true,
                words: "Journal entry \(trial.documentNumber) of a cent was written and deleted; it is gone.")
        case .refused(let refusal):
            return .init(isGood: false, words: "QuickBooks refused an entry of a cent: \(refusal.explanation)")
        case .notExecuted(let reason):
            return .init(isGood: false, words: try await refusal(reason, access).message)
        case .leftBehind(let documentID, let reason):
            let which = documentID.map { "journal entry \(trial.documentNumber) (document \($0))" }
            return .init(
                isGood: false,
                words: """
                    The test's \(which ?? "journal entry \(trial.documentNumber)") of one cent \
                    \(documentID == nil ? "may stand" : "still stands") in QuickBooks (\(reason)). Delete it there.
                    """)
        }
    }
}

extension ConnectionReport {
    /// For the history: what was found, without names.
    fileprivate var summary: String {
        let found =
            isGood ? "all is well." : problems.isEmpty ? "something is wrong." : "\(problems.count) problems found."
        return (["Tested: \(found)"] + [trial?.words, obstacle].compactMap(\.self)).joined(separator: " ")
    }
}
