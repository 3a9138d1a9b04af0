// SPDX-License-Identifier: Apache-2.0

/// Every account with a balance at the end of the period, from the ledger and nothing else, in the shape of Intuit's
/// present reports service: texts in every cell, children as sections inside their parents.
///
/// Income and expense are not closed into retained earnings at a year's end: it is not known how
/// Intuit's service does that.
struct TrialBalance {
    private let books: Books
    private let balances: [Int: Cents]
    /// Accounts with a balance somewhere below them, and therefore a section.
    private let shownIDs: Set<Int>

    init(books: Books, asOf day: CalendarDay) {
        self.books = books
        let balances = books.ledger.balances(asOf: day)
        self.balances = balances
        shownIDs = Set(balances.keys.flatMap { books.lineage(.account, $0) })
    }

    var isEmpty: Bool { balances.isEmpty }

    var columns: JSONValue {
        let titled: [(String, String, String)] = [
            ("", "Account", "account"), ("Debit", "Money", "debit_amt"), ("Credit", "Money", "credit_amt"),
        ]
        return [
            "Column": .array(
                titled.map { title, type, key in
                    [
                        "ColTitle": .string(title), "ColType": .string(type),
                        "MetaData": [["Name": "ColKey", "Value": .string(key)]],
                    ]
                })
        ]
    }

    var rows: JSONValue {
        if isEmpty { return [:] }
        let top = shownIDs.filter { books.object(.account, $0)?.keys.parent == nil }
        return ["Row": .array(ordered(top).map(row) + [grandTotal])]
    }

    // MARK: Rows

    private func row(_ id: Int) -> JSONValue {
        let children = ordered(shownIDs.filter { books.object(.account, $0)?.keys.parent == id })
        if children.isEmpty { return ["ColData": cells(title(id), id, balances[id, default: .zero])] }
        return [
            "Header": ["ColData": cells(title(id), id, balances[id, default: .zero])],
            "Rows": ["Row": .array(children.map(row))],
            "Summary": ["ColData": cells("Total \(title(id))", nil, total(id))],
            "type": "Section",
        ]
    }

    private var grandTotal: JSONValue {
        let debits = balances.values.filter { $0 > .zero }.reduce(Cents.zero, +)
        let credits = balances.values.filter { $0 < .zero }.reduce(Cents.zero) { $0 + -$1 }
        let cells: JSONValue = [
            ["value": "TOTAL"], ["value": .string(debits.text)], ["value": .string(credits.text)],
        ]
        return ["Summary": ["ColData": cells], "type": "Section", "group": "GrandTotal"]
    }

    private func cells(_ title: String, _ id: Int?, _ balance: Cents) -> JSONValue {
        var account: [String: JSONValue] = ["value": .string(title)]
        if let id { account["id"] = .id(id) }
        let debit = balance > .zero ? balance.text : ""
        let credit = balance < .zero ? (-balance).text : ""
        return [.object(account), ["value": .string(debit)], ["value": .string(credit)]]
    }

    private func title(_ id: Int) -> String {
        guard let keys = books.object(.account, id)?.keys else { return "" }
        let number = books.settings.showsAccountNumbers ? keys.number : nil
        return [number, keys.name].compactMap(\.self).joined(separator: " ")
    }

    private func total(_ id: Int) -> Cents {
        books.shelf(.account).byParent[id].reduce(balances[id, default: .zero]) { $0 + total($1) }
    }

    /// As a chart of accounts is read: by type, then by number, then by name.
    private func ordered(_ ids: Set<Int>) -> [Int] {
        let types = Dictionary(uniqueKeysWithValues: AccountType.allCases.enumerated().map { ($1, $0) })
        func place(_ id: Int) -> (Int, String, String, Int) {
            let keys = books.object(.account, id)?.keys
            return (keys?.accountType.flatMap { types[$0] } ?? 0, keys?.number ?? "~", keys?.name ?? "", id)
        }
        return ids.map(place).sorted(by: <).map(\.3)
    }
}
