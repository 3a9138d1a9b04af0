// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Exporter {
    /// How long a catalog is trusted when it finds no fault.
    private static let catalogLifetime = Duration.seconds(600)
    /// How long one is trusted for the document that shows whether an outage is over: reading it takes four calls.
    private static let catalogLifetimeInOutage = Duration.seconds(3_600)
    /// How old a catalog may be when it does: somebody may just have mended it in QuickBooks.
    private static let freshEnoughToBlock = Duration.seconds(3)

    enum Resolved {
        case units([ResolvedUnit])
        case later(Wake)
    }

    /// The units that can be sent; those that can't are settled as Error with their problem.
    func resolve(_ pending: [PostingUnit], _ sending: SendingState, _ post: Post) async throws -> Resolved {
        var catalog: AccountCatalog
        let lifetime = sending.breaker.isClosed ? Self.catalogLifetime : Self.catalogLifetimeInOutage
        switch try await catalogNoOlder(than: lifetime, post) {
        case .later(let wake): return .later(wake)
        case .catalog(let read): catalog = read
        }
        let books = try await storage.books()
        var (good, blocked) = Self.sort(pending, books, catalog)
        if !blocked.isEmpty, clock.now.timeIntervalSince(catalog.readAt) > Self.freshEnoughToBlock.seconds {
            switch try await catalogNoOlder(than: Self.freshEnoughToBlock, post) {
            case .later(let wake): return .later(wake)
            case .catalog(let read): catalog = read
            }
            (good, blocked) = Self.sort(pending, books, catalog)
        }
        if !blocked.isEmpty { try await settle(blocked, post) }
        return .units(good)
    }

    private typealias BlockedUnit = (export: Export, problem: Problem)

    private static func sort(
        _ pending: [PostingUnit], _ books: BooksSettings, _ catalog: AccountCatalog
    ) -> (good: [ResolvedUnit], blocked: [BlockedUnit]) {
        let resolution = AccountResolution(numbers: books.numbers, stores: books.stores, catalog: catalog)
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

    private func settle(_ blocked: [BlockedUnit], _ post: Post) async throws {
        let now = clock.now
        let changes = try blocked.map { unit in
            try unit.export.change(.blocked(unit.problem), unit.problem.explanation, at: now)
        }
        try await storage.settle(Settlement(changes: changes), lease: post.lease, at: now)
        for change in changes { notices.emit(.settled(export: change.serial, state: .error)) }
    }

    private enum CatalogAnswer {
        case catalog(AccountCatalog)
        case later(Wake)
    }

    private func catalogNoOlder(than age: Duration, _ post: Post) async throws -> CatalogAnswer {
        let now = clock.now
        if let catalog = keptCatalog(post.connection, for: post.token), now < catalog.reaches(age, now: now) {
            return .catalog(catalog)
        }
        let start = ledger.reserve(.catalog, for: post.connection, now: now)
        guard start <= now else { return .later(.at(start)) }
        switch await ledger.catalog(access: post.access, now: now) {
        case .answer(let catalog):
            catalogs[post.connection] = KeptCatalog(catalog, of: post.token)
            try await worked(post)
            return .catalog(catalog)
        case .notExecuted(let reason): return .later(try await notExecuted(reason, post))
        case .failed(let reason): return .later(try await retryLater(post, reason: reason))
        }
    }

    /// The catalog last read, if it is of the company that the token is for.
    private func keptCatalog(_ connection: Connection.ID, for token: UsableToken) -> AccountCatalog? {
        guard let kept = catalogs[connection], kept.isOf(token) else { return nil }
        return kept.catalog
    }

    /// With nothing else to do: if exports are blocked, reads the catalog now and then, and lets them try
    /// again once somebody has changed something in QuickBooks, or the company is another one.
    func recheckProblems(_ connection: Connection.ID) async throws -> Wake {
        guard try await storage.hasBlocked(connection) else { return .idle }
        switch try await keeper.token(for: connection) {
        case .unavailable(let retryAt): return retryAt.map(Wake.at) ?? .idle
        case .usable(let token): return try await recheckProblems(connection, token)
        }
    }

    private func recheckProblems(_ connection: Connection.ID, _ token: UsableToken) async throws -> Wake {
        let now = clock.now
        let before = keptCatalog(connection, for: token)
        if let due = before?.reaches(Self.catalogLifetime, now: now), now < due { return .at(due) }
        guard let lease = try await lease(on: connection) else { return .at(now.addingTimeInterval(5)) }
        switch try await catalogNoOlder(than: .zero, Post(connection: connection, token: token, lease: lease)) {
        case .later(let wake): return wake
        case .catalog(let after):
            guard before.map({ !$0.offersTheSame(as: after) }) ?? true else {
                return .at(now.addingTimeInterval(Self.catalogLifetime.seconds))
            }
            _ = try await storage.change(.blocked(connection), by: "exporter", at: now) {
                $0.progress.after(.problemCleared)
            }
            return .now
        }
    }
}

extension AccountCatalog {
    /// When it will be this old.
    ///
    /// Now, where the clock was set back since it was read: how old it is, nobody knows.
    fileprivate func reaches(_ age: Duration, now: Date) -> Date {
        readAt.addingTimeInterval(age.seconds).within(age, of: now)
    }

    /// Whether the two differ in nothing but the moment they were read.
    fileprivate func offersTheSame(as other: AccountCatalog) -> Bool {
        accounts == other.accounts && classes == other.classes && departments == other.departments
            && closedThrough == other.closedThrough && homeCurrency == other.homeCurrency
    }
}
