// SPDX-License-Identifier: Apache-2.0

// What a general ledger's journals are numbered by.
extension ProfileDraft {
    /// - Parameter journals: A row for each journal of the sample, or for each of its lines.
    static func numbering(
        of journals: [JournalRow], blocksAreKnown: Bool
    ) -> (numbering: JournalNumbering, question: ProfileQuestion?) {
        let numbers = journals.map(\.number)
        guard let first = journals.first else { return (.number, nil) }
        if numbers.allSatisfy(\.isEmpty) {
            let days = journals.map { [$0.store, $0.date] }
            let isOneADay = !blocksAreKnown || Set(days).count == days.count
            return (.day, isOneADay ? nil : .numbering(.severalADay(first.date)))
        }
        if let missing = journals.first(where: \.number.isEmpty) {
            return (.number, .numbering(.missing(missing.date)))
        }
        let keys = journals.map { [$0.store, $0.kind, $0.number] }
        if blocksAreKnown {
            return (.number, repeated(keys).map { .numbering(.twice($0.last ?? "")) })
        }
        // Lines of one journal are of one day.
        let days = Dictionary(grouping: journals) { [$0.store, $0.number] }.filter {
            Set($0.value.map(\.date)).count > 1
        }
        let several = days.keys.map { $0.last ?? "" }.min()
        return (.number, several.map { .numbering(.twice($0)) })
    }

    /// What tells one journal of a sample from another.
    struct JournalRow {
        let store: String
        let date: String
        let kind: String
        let number: String
    }

    private static func repeated(_ keys: [[String]]) -> [String]? {
        var seen: Set<[String]> = []
        return keys.first { !seen.insert($0).inserted }
    }
}
