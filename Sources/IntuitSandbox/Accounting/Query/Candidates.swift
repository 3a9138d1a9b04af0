// SPDX-License-Identifier: Apache-2.0

/// Picks by the indexes the few objects that a query may find.
struct Candidates {
    let shelf: Shelf

    /// Ascending ids that include every object for which all tests hold.
    func ids(for tests: [QueryTest]) -> ArraySlice<Int> {
        // A day is shared by many documents, anything else by few.
        for test in tests.filter({ !isDated($0) }) + tests.filter(isDated) {
            if let ids = exact(test) { return ids[...] }
        }
        var window = shelf.ids.indices
        for test in tests { narrow(&window, by: test) }
        if window.count == shelf.ids.count, let ids = days(tests) { return ids[...] }
        return shelf.ids[window]
    }

    private func isDated(_ test: QueryTest) -> Bool {
        if case .day = test.property.place { true } else { false }
    }

    /// Through an index, when the test names the values themselves.
    private func exact(_ test: QueryTest) -> [Int]? {
        guard test.comparison == .equal || test.comparison == .oneOf else { return nil }
        var ids: Set<Int> = []
        for value in test.values {
            switch (test.property.place, value) {
            case (.id, .id(let id)): ids.insert(id)
            case (.number, .text(let number)): ids.formUnion(shelf.byNumber[number])
            case (.name, .text(let name)): ids.formUnion(shelf.byName[name])
            case (.day, .day(let day)): ids.formUnion(shelf.byDay[day])
            default: return nil
            }
        }
        return ids.sorted()
    }

    /// Creation order is id order, so a bound on CreateTime is a bound on the position.
    private func narrow(_ window: inout Range<Int>, by test: QueryTest) {
        guard case .created = test.property.place, case .moment(let moment) = test.values.first else { return }
        switch test.comparison {
        case .greater: raise(&window, to: shelf.position(ofFirstCreated: { $0 > moment }))
        case .greaterOrEqual: raise(&window, to: shelf.position(ofFirstCreated: { $0 >= moment }))
        case .less: lower(&window, to: shelf.position(ofFirstCreated: { $0 >= moment }))
        case .lessOrEqual: lower(&window, to: shelf.position(ofFirstCreated: { $0 > moment }))
        case .equal, .oneOf, .like: break
        }
    }

    private func raise(_ window: inout Range<Int>, to position: Int) {
        window = max(window.lowerBound, position)..<max(window.upperBound, position)
    }

    private func lower(_ window: inout Range<Int>, to position: Int) {
        window = min(window.lowerBound, position)..<min(window.upperBound, position)
    }

    /// By the days that satisfy every test of the date; there are few days beside many documents.
    private func days(_ tests: [QueryTest]) -> [Int]? {
        let dated = tests.filter(isDated)
        if dated.isEmpty { return nil }
        let days = shelf.byDay.keys.filter { day in
            dated.allSatisfy { test in
                guard case .day(let bound) = test.values.first else { return false }
                switch test.comparison {
                case .less: return day < bound
                case .greater: return day > bound
                case .lessOrEqual: return day <= bound
                case .greaterOrEqual: return day >= bound
                case .equal, .oneOf, .like: return test.values.contains(.day(day))
                }
            }
        }
        return days.flatMap { shelf.byDay[$0] }.sorted()
    }
}
