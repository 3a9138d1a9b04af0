// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Exporter {
    /// How long a catalog that finds no fault is trusted.
    private static let catalogLifetime = Duration.seconds(600)
    /// How long such a catalog is trusted while calls fail: reading it takes four calls, and others wait for them.
    private static let catalogLifetimeInOutage = Duration.seconds(3_600)
    /// How old a catalog that finds a fault may be: somebody may just have mended the fault in QuickBooks.
    private static let freshEnoughToBlock = Duration.seconds(3)

    enum Resolved {
        case units([ResolvedUnit])
        case later(Wake)
    }

    /// The units that can be sent; those that can't are settled as Error with their problem.
    func resolve(_ pending: [PostingUnit], _ sending: SendingState, _ context: PostingContext) async throws -> Resolved
    {
        var kept: KeptCatalog
        let works = sending.breaker.isClosed && failing[context.connection] == nil
        let lifetime = works ? Self.catalogLifetime : Self.catalogLifetimeInOutage
        switch try await catalogNoOlder(than: lifetime, sending, context) {
        case .later(let wake): return .later(wake)
        case .catalog(let read): kept = read
        }
        let accounts = try await accountSettings(of: pending, context.connection)
        var (good, blocked) = Self.sort(pending, accounts.resolution(kept.catalog))
        if !blocked.isEmpty, kept.reaches(Self.freshEnoughToBlock, at: clock.elapsed) < .zero {
            switch try await catalogNoOlder(than: Self.freshEnoughToBlock, sending, context) {
            case .later(let wake): return .later(wake)
            case .catalog(let read): kept = read
            }
            (good, blocked) = Self.sort(pending, accounts.resolution(kept.catalog))
        }
        if !blocked.isEmpty {
            try await settle(blocked, context)
            try await freeIfSettingsChanged(blocked, since: accounts, kept.catalog, context)
        }
        return .units(good)
    }

    /// Frees what was blocked for a cause that somebody has removed since the settings were read: their own change found
    /// nothing blocked yet.
    private func freeIfSettingsChanged(
        _ blocked: [BlockedUnit], since read: AccountSettings, _ catalog: AccountCatalog, _ context: PostingContext
    ) async throws {
        let accounts = try await AccountSettings(of: context.connection, storage, withNames: read.chosen != nil)
        guard accounts != read else { return }
        let resolution = accounts.resolution(catalog)
        for problem in Set(blocked.map(\.problem)) where !resolution.stillHas(problem) {
            _ = try await storage.change(
                .blockedBy(problem, context.connection), by: .system(.exporter), at: clock.now
            ) { $0.progress.after(.problemCleared) }
        }
    }

    private typealias BlockedUnit = (export: Export, problem: Problem)

    /// Few exports name accounts as a counter's file does, and then the choices for them are read.
    private func accountSettings(
        of pending: [PostingUnit], _ connection: Connection.ID
    ) async throws -> AccountSettings {
        let isNamed = pending.contains { unit in
            unit.legs.contains { if case .named = $0.line.account { true } else { false } }
        }
        return try await AccountSettings(of: connection, storage, withNames: isNamed)
    }

    private static func sort(
        _ pending: [PostingUnit], _ resolution: AccountResolution
    ) -> (good: [ResolvedUnit], blocked: [BlockedUnit]) {
        var good: [ResolvedUnit] = []
        var blocked: [BlockedUnit] = []
        for unit in pending {
            switch resolution.resolve(unit) {
            case .success(let resolved): good.append(resolved)
            case .failure(let error): blocked.append((unit.export, error.problem))
            }
        }
        return (good, blocked)
    }

    private func settle(_ blocked: [BlockedUnit], _ context: PostingContext) async throws {
        let now = clock.now
        let changes = try blocked.map { unit in
            try unit.export.change(.blocked(unit.problem), unit.problem.explanation, at: now)
        }
        try await storage.settle(Settlement(changes: changes), lease: context.lease, at: now)
        for change in changes { logEvents.emit(.settled(export: change.serial, state: .error)) }
    }

    private enum CatalogAnswer {
        case catalog(KeptCatalog)
        case later(Wake)
    }

    private func catalogNoOlder(
        than age: Duration, _ sending: SendingState, _ context: PostingContext
    ) async throws -> CatalogAnswer {
        let now = clock.now
        if let kept = keptCatalog(context.connection, for: context.token), kept.reaches(age, at: clock.elapsed) > .zero
        {
            return .catalog(kept)
        }
        // In an outage this counts as one call: the first gets no answer, and the others are not made.
        if let wake = reserve(.catalog, sending, context) { return .later(wake) }
        switch await ledger.catalog(access: context.access, now: now) {
        case .answer(let catalog):
            let kept = KeptCatalog(catalog, of: context.token, at: clock.elapsed, now: clock.now)
            catalogs[context.connection] = kept
            try await worked(context)
            try await ChartKeeping(storage: storage).keep(
                catalog, of: context.connection, realmID: context.token.company.realmID)
            return .catalog(kept)
        case .notExecuted(let reason): return .later(try await notExecuted(reason, context))
        case .failed(let reason): return .later(try await retryLater(context, reason: reason))
        }
    }

    /// The catalog last read, if it is of the company that the token is for.
    private func keptCatalog(_ connection: Connection.ID, for token: UsableToken) -> KeptCatalog? {
        catalogs[connection].flatMap { $0.isOf(token) ? $0 : nil }
    }

    /// Reads the catalog now and then when there is nothing else to do and exports are blocked.
    ///
    /// It lets them try again once somebody has changed something in QuickBooks, or the connection belongs to another
    /// company.
    func recheckProblems(_ connection: Connection.ID, _ sending: SendingState) async throws -> Wake {
        guard try await storage.hasBlocked(connection) else { return .idle }
        switch try await keeper.token(for: connection) {
        case .unavailable(let retryAt): return retryAt.map(Wake.at) ?? .idle
        case .usable(let token): return try await recheckProblems(connection, token, sending)
        }
    }

    private func recheckProblems(
        _ connection: Connection.ID, _ token: UsableToken, _ sending: SendingState
    ) async throws -> Wake {
        let now = clock.now
        let before = keptCatalog(connection, for: token)
        if let left = before?.reaches(Self.catalogLifetime, at: clock.elapsed), left > .zero {
            return .at(clock.end(ofWait: left))
        }
        guard let lease = try await lease(on: connection) else { return .at(now.addingTimeInterval(5)) }
        let context = PostingContext(connection: connection, token: token, lease: lease)
        switch try await catalogNoOlder(than: .zero, sending, context) {
        case .later(let wake): return wake
        case .catalog(let after):
            guard before.map({ !$0.catalog.offersTheSame(as: after.catalog) }) ?? true else {
                return .at(now.addingTimeInterval(Self.catalogLifetime.seconds))
            }
            let isFreed = try await freeWhatWorks(on: connection, after.catalog, at: now)
            return isFreed ? .now : .at(now.addingTimeInterval(Self.catalogLifetime.seconds))
        }
    }
}

extension Exporter {
    /// Looks at each cause once, however many exports it blocks.
    ///
    /// - Returns: Whether any of them is over.
    private func freeWhatWorks(
        on connection: Connection.ID, _ catalog: AccountCatalog, at now: Date
    ) async throws -> Bool {
        let resolution = try await AccountSettings(of: connection, storage).resolution(catalog)
        let over = try await storage.blockingProblems(of: connection).filter { !resolution.stillHas($0) }
        for problem in over {
            _ = try await storage.change(.blockedBy(problem, connection), by: .system(.exporter), at: now) {
                $0.progress.after(.problemCleared)
            }
        }
        return !over.isEmpty
    }
}

extension AccountCatalog {
    /// Whether the two differ in nothing but the moment they were read.
    fileprivate func offersTheSame(as other: AccountCatalog) -> Bool {
        accounts == other.accounts && unnumbered == other.unnumbered && classes == other.classes
            && departments == other.departments
            && closedThrough == other.closedThrough && homeCurrency == other.homeCurrency
            && usesNumbers == other.usesNumbers && usesSeveralCurrencies == other.usesSeveralCurrencies
    }
}
