// SPDX-License-Identifier: Apache-2.0
import Daybook

extension Desk {
    /// A page of the queue, and the problems beside it, as far as somebody may see them.
    func seenQueue(matching filter: ExportFilter, by actor: Actor) async throws -> (ExportPage, [ProblemGroup]) {
        guard let places = actor.rights?.places(for: .see) else {
            return (try await queue.exports(matching: filter), try await queue.problems())
        }
        var pages: [ExportPage] = []
        for place in Place.distinct(places) {
            guard let part = filter.narrowed(to: place) else { continue }
            pages.append(try await queue.exports(matching: part))
        }
        if case .newerThan(let serial) = filter.place, !pages.holdMore(than: filter.pageSize, above: serial) {
            // At most a page is left at the new end, so the first page is shown instead, as each list does by itself.
            var first = filter
            first.place = .newest
            return try await seenQueue(matching: first, by: actor)
        }
        // Problems are counted over all stores, so they are for those who may see all of them.
        return (ExportPage(pages, of: filter), [])
    }

    /// How many exports there are in each state, as far as somebody may see them.
    func seenCounts(by actor: Actor) async throws -> [ExportState.Name: Int] {
        guard actor.rights?.places(for: .see) != nil else { return try await queue.exportCounts() }
        return try await seenQueue(matching: ExportFilter(pageSize: 1), by: actor).0.counts ?? [:]
    }
}

/// Where a role is given, without the role itself.
private struct Place: Hashable {
    let company: Connection.ID?
    let store: StoreNumber?

    /// The places of the roles, without those that lie within another place.
    static func distinct(_ assignments: Set<RoleAssignment>) -> Set<Place> {
        let places = Set(assignments.map { Place(company: $0.company, store: $0.store) })
        return places.filter { place in !places.contains { $0 != place && $0.covers(place) } }
    }

    private func covers(_ other: Place) -> Bool {
        (company == nil || company == other.company) && (store == nil || store == other.store)
    }
}

extension ExportFilter {
    /// The part of the list that is at a place; nil when none of it is there.
    fileprivate func narrowed(to place: Place) -> ExportFilter? {
        guard store == nil || place.store == nil || store == place.store,
            connection == nil || place.company == nil || connection == place.company
        else { return nil }
        var filter = self
        filter.store = store ?? place.store
        filter.connection = connection ?? place.company
        return filter
    }

    /// Whether the list is read from its place to older exports.
    fileprivate var readsDown: Bool {
        switch place {
        case .newest, .olderThan: true
        case .oldest, .newerThan: false
        }
    }
}

extension ExportPlace {
    /// Whether an export belongs to what is read from here: a list that has too few newer ones answers with its first
    /// page.
    fileprivate func isBefore(_ serial: Int64) -> Bool {
        if case .newerThan(let last) = self { serial > last } else { true }
    }
}

extension [ExportPage] {
    /// Whether there are more exports above a serial than fit on a page.
    fileprivate func holdMore(than size: Int, above serial: Int64) -> Bool {
        let above = Set(flatMap(\.rows).map(\.export.serial).filter { $0 > serial })
        return above.count > size || contains { $0.newer != nil }
    }
}

extension ExportPage {
    /// One page of several lists that were read from the same place.
    ///
    /// - Parameter pages: Of lists that have no export in common; one that two of them have is counted twice.
    fileprivate init(_ pages: [ExportPage], of filter: ExportFilter) {
        let bySerial = Dictionary(pages.flatMap(\.rows).map { ($0.export.serial, $0) }) { one, _ in one }
        let all = bySerial.values.filter { filter.place.isBefore($0.export.serial) }
            .sorted { $0.export.serial > $1.export.serial }
        let isCut = all.count > filter.pageSize
        let rows = Array(filter.readsDown ? all.prefix(filter.pageSize) : all.suffix(filter.pageSize))
        let hasOlder = pages.contains { $0.older != nil } || (isCut && filter.readsDown)
        let hasNewer = pages.contains { $0.newer != nil } || (isCut && !filter.readsDown)
        self.init(
            rows: rows, total: pages.reduce(.exactly(0)) { $0.adding($1.total) }, counts: Self.sum(pages.map(\.counts)),
            newer: hasNewer ? rows.first.map { .newerThan($0.export.serial) } : nil,
            older: hasOlder ? rows.last.map { .olderThan($0.export.serial) } : nil)
    }

    /// Nil where one of them was not counted.
    private static func sum(_ counts: [[ExportState.Name: Int]?]) -> [ExportState.Name: Int]? {
        counts.reduce([:]) { sum, counts in
            guard let sum, let counts else { return nil }
            return sum.merging(counts, uniquingKeysWith: +)
        }
    }
}

extension ExportTotal {
    fileprivate func adding(_ other: ExportTotal) -> ExportTotal {
        guard case .exactly(let one) = self, case .exactly(let two) = other else { return .moreThan(Self.cap) }
        return .exactly(one + two)
    }
}
