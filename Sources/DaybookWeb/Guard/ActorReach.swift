// SPDX-License-Identifier: Apache-2.0
import Daybook

extension Actor {
    /// Whether it may do something with what belongs to a company and a store.
    func may(_ verb: Desk.Verb, _ export: Export) -> Bool {
        rights?.allows(verb, at: export.connection, export.store) ?? true
    }

    /// What may not be seen is as if it were not there.
    func maySee(_ export: Export) -> Bool { may(.see, export) }

    func maySee(_ connection: Connection.ID, _ store: StoreNumber) -> Bool {
        rights?.allows(.see, at: connection, store) ?? true
    }

    /// Whether anything of a company may be seen.
    func maySee(_ connection: Connection.ID) -> Bool {
        guard let places = rights?.places(for: .see) else { return true }
        return places.contains { $0.company == nil || $0.company == connection }
    }

    /// Who brings transactions in may also see what became of them.
    func maySee(_ recorded: RecordedTransaction, in books: BooksSettings) -> Bool {
        guard let rights else { return true }
        let companies = [books.connection(of: recorded.key.store)] + recorded.exports.map(\.connection)
        return [Desk.Verb.see, .record].contains { verb in
            companies.contains { rights.allows(verb, at: $0, recorded.key.store) }
        }
    }
}

extension Desk {
    /// A page of the queue, and the problems beside it, as far as somebody may see them.
    func seenQueue(matching filter: ExportFilter, by actor: Actor) async throws -> (ExportPage, [ProblemGroup]) {
        guard let places = actor.rights?.places(for: .see) else {
            return (try await queue.exports(matching: filter), try await queue.problems())
        }
        guard let narrowed = filter.narrowed(to: places) else {
            return (ExportPage(rows: [], total: .exactly(0), counts: [:]), [])
        }
        let page = try await queue.exports(matching: narrowed)
        let rows = page.rows.filter { actor.maySee($0.export) }
        let isExact = Set(places.map(Place.init)).count == 1
        // Problems are counted over all stores, so they are for those who may see all of them.
        return (
            ExportPage(
                rows: rows, total: isExact ? page.total : .moreThan(rows.count), counts: isExact ? page.counts : nil,
                newer: page.newer, older: page.older), []
        )
    }

    /// How many exports there are in each state, as far as somebody may see them.
    func seenCounts(by actor: Actor) async throws -> [ExportState.Name: Int] {
        guard actor.rights?.places(for: .see) != nil else { return try await queue.exportCounts() }
        return try await seenQueue(matching: ExportFilter(pageSize: 1), by: actor).0.counts ?? [:]
    }
}

extension ExportFilter {
    /// The part of the list that can be asked for at certain places; nil when none of it is there.
    ///
    /// With several places the list may hold more than they do.
    fileprivate func narrowed(to places: Set<RoleAssignment>) -> ExportFilter? {
        let fitting = Set(places.map(Place.init)).filter { place in
            (store == nil || place.store == nil || store == place.store)
                && (connection == nil || place.company == nil || connection == place.company)
        }
        guard let first = fitting.first else { return nil }
        var filter = self
        if fitting.allSatisfy({ $0.store == first.store }) { filter.store = store ?? first.store }
        if fitting.allSatisfy({ $0.company == first.company }) { filter.connection = connection ?? first.company }
        return filter
    }
}

/// Where a role is given, whichever it is.
private struct Place: Hashable {
    let company: Connection.ID?
    let store: StoreNumber?

    init(_ assignment: RoleAssignment) {
        company = assignment.company
        store = assignment.store
    }
}
