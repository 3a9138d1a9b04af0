// SPDX-License-Identifier: Apache-2.0
import Foundation

extension Exporter {
    /// How long a catalog is trusted when it finds no fault.
    private static let catalogLifetime: TimeInterval = 600
    /// How old a catalog may be when it does: somebody may just have mended it in QuickBooks.
    private static let freshEnoughToBlock: TimeInterval = 3

    enum Resolved {
        case units([ResolvedUnit])
        case later(Wake)
    }

    /// The units that can be sent; those that can't are settled as Error with their problem.
    func resolve(_ pending: [PostingUnit], _ post: Post) async throws -> Resolved {
        var catalog: AccountCatalog
        switch try await catalogNoOlder(than: Self.catalogLifetime, post) {
        case .later(let wake): return .later(wake)
        case .catalog(let read): catalog = read
        }
        let books = try await storage.books()
        var (good, blocked) = Self.sort(pending, books, catalog)
        if !blocked.isEmpty, clock.now.timeIntervalSince(catalog.readAt) > Self.freshEnoughToBlock {
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

    private func catalogNoOlder(than age: TimeInterval, _ post: Post) async throws -> CatalogAnswer {
        let now = clock.now
        if let catalog = catalogs[post.connection], now.timeIntervalSince(catalog.readAt) <= age {
            return .catalog(catalog)
        }
        let start = ledger.reserve(.catalog, for: post.connection, now: now)
        guard start <= now else { return .later(.at(start)) }
        switch await ledger.catalog(access: post.access, now: now) {
        case .answer(let catalog):
            catalogs[post.connection] = catalog
            try await worked(post)
            return .catalog(catalog)
        case .notExecuted(let reason): return .later(try await notExecuted(reason, post))
        case .failed(let reason): return .later(try await retryLater(post, reason: reason))
        }
    }

    /// With nothing else to do: if exports are blocked, reads the catalog now and then, and lets them try
    /// again once somebody has changed something in QuickBooks.
    func recheckProblems(_ connection: Connection.ID) async throws -> Wake {
        let now = clock.now
        guard try await storage.hasBlocked(connection) else { return .idle }
        let due = catalogs[connection]?.readAt.addingTimeInterval(Self.catalogLifetime) ?? now
        guard now >= due else { return .at(due) }
        let before = catalogs[connection]
        guard case .usable(let token) = try await keeper.token(for: connection) else { return .idle }
        guard let lease = try await lease(on: connection) else { return .at(now.addingTimeInterval(5)) }
        let post = Post(connection: connection, token: token, lease: lease)
        switch try await catalogNoOlder(than: 0, post) {
        case .later(let wake): return wake
        case .catalog(let after):
            guard before.map({ !$0.offersTheSame(as: after) }) ?? true else {
                return .at(now.addingTimeInterval(Self.catalogLifetime))
            }
            _ = try await storage.change(.blocked(connection), by: "exporter", at: now) {
                $0.progress.after(.problemCleared)
            }
            return .now
        }
    }
}

extension AccountCatalog {
    /// Whether the two differ in nothing but the moment they were read.
    fileprivate func offersTheSame(as other: AccountCatalog) -> Bool {
        accounts == other.accounts && classes == other.classes && departments == other.departments
            && closedThrough == other.closedThrough && homeCurrency == other.homeCurrency
    }
}
