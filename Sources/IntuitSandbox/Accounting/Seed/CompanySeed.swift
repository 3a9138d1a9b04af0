// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Fills new books through the same rules that callers meet, so that a seed holds nothing that a caller could not have
/// written.
struct CompanySeed {
    let name: String
    private(set) var books = Books()
    private let context: WriteContext
    private var accountIDs: [String: Int] = [:]

    init(name: String, now: Date) {
        self.name = name
        // A company is older than the first call to it.
        let opened = now.addingTimeInterval(-3_600)
        context = WriteContext(
            now: Int(opened.timeIntervalSince1970.rounded(.down)), today: PacificTime(opened).day)
        putSettings(.preferences, SeededSettings.preferences)
        putSettings(.companyInfo, SeededSettings.companyInfo(name: name))
    }

    mutating func put(_ lines: [RentalChart.Line]) {
        for line in lines {
            let account = put(
                .account,
                [
                    "Name": .string(line.name), "AcctNum": .string(line.number),
                    "AccountType": .string(line.type.rawValue), "AccountSubType": .string(line.subtype),
                    "Active": .bool(line.isActive),
                ])
            accountIDs[line.number] = account
        }
    }

    /// One journal entry on the last day of last year, which books the difference to Opening Balance Equity.
    mutating func putOpeningBalances(_ lines: [RentalChart.Line]) {
        let opened = lines.filter { $0.opening != 0 }
        let sum = opened.reduce(0) { $0 + $1.opening }
        let amounts = opened.map { ($0.number, Cents($0.opening)) } + [("3000", Cents(-sum))]
        let journal = amounts.filter { $0.1 != .zero }.map { number, amount in
            self.line(number, amount)
        }
        let day = CalendarDay(number: CalendarDay(year: context.today.civil.year, month: 1, day: 1).number - 1)
        put(
            .journalEntry,
            [
                "DocNumber": "OPENING", "TxnDate": .string(day.text), "PrivateNote": "Opening balances",
                "Line": .array(journal),
            ])
    }

    private func line(_ number: String, _ amount: Cents) -> JSONValue {
        [
            "DetailType": "JournalEntryLineDetail", "Description": "Opening balance",
            "Amount": .number((amount < .zero ? -amount : amount).decimal),
            "JournalEntryLineDetail": [
                "PostingType": .string(amount < .zero ? "Credit" : "Debit"),
                "AccountRef": ["value": .id(accountIDs[number, default: 0])],
            ],
        ]
    }

    @discardableResult
    mutating func put(_ kind: EntityKind, _ members: [String: JSONValue]) -> Int {
        do {
            return try books.create(kind, members, context).id
        } catch {
            // The seed is part of this program: a refusal of it is a mistake here, and the tests build both seeds.
            preconditionFailure("the sandbox's own seed was refused: \(error.code) \(error.detail)")
        }
    }

    private mutating func putSettings(_ kind: EntityKind, _ content: [String: JSONValue]) {
        let stamp = books.stamp(context.now)
        let settings = StoredObject(
            id: 1, created: stamp, updated: stamp, keys: ObjectKeys(), content: PackedJSON(.object(content)))
        books.put(settings, in: kind)
    }
}
