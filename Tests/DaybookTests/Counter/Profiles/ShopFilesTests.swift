// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

/// Files as shops write them, made from known transactions: in any encoding, with any separator, way of writing dates and
/// amounts, and with accidents. What is taken is the truth, or is refused.
@Suite("Shop files by chance")
struct ShopFilesTests {
    private static var seeds: [UInt64] {
        let environment = ProcessInfo.processInfo.environment
        if let one = environment["DAYBOOK_SEED"].flatMap({ UInt64($0) }) { return [one] }
        return Array(1...(environment["DAYBOOK_SHOP_FILES"].flatMap { UInt64($0) } ?? 200))
    }

    @Test("nothing is taken wrong")
    func truth() throws {
        var whole = 0
        for seed in Self.seeds {
            var chance = SeededGenerator(seed: seed)
            let truth = Array(SampleTrade(seed: seed, count: 80).transactions().prefix(chance.number(2...25)))
            let file = ShopFile(of: truth, &chance)
            let outcome = file.read()
            let isTrue = outcome.transactions.allSatisfy { taken in
                truth.contains { $0.canonicalText() == taken.canonicalText() }
            }
            #expect(isTrue, "DAYBOOK_SEED=\(seed): \(file.what)")
            if file.accident == nil {
                #expect(outcome.problems == [] && outcome.transactions == truth, "DAYBOOK_SEED=\(seed): \(file.what)")
                whole += 1
            } else if file.accident?.isHarmless == true {
                #expect(Set(outcome.transactions) == Set(truth), "DAYBOOK_SEED=\(seed): \(file.what)")
            } else {
                #expect(!outcome.problems.isEmpty, "DAYBOOK_SEED=\(seed): \(file.what)")
            }
        }
        #expect(Self.seeds.count == 1 || whole > 0)
    }
}

/// What happens to files between the counter and Daybook.
private enum Accident: CaseIterable {
    case appendedToItself, blockTwice, rowsTwice, rowElsewhere, cellLost, cellAdded, keyLost, quoteOpened,
        lineBreakLost, totalRow,
        unseenMark

    /// Whether everything can be taken all the same.
    var isHarmless: Bool { self == .appendedToItself || self == .totalRow || self == .unseenMark }
}

private struct ShopFile {
    let bytes: [UInt8]
    let accident: Accident?
    let what: String
    private let answers: ProfileDraft.Answers

    init(of transactions: [Transaction], _ chance: inout SeededGenerator) {
        var encoding = chance.pick([String.Encoding.utf8, .windowsCP1252, .utf16LittleEndian])
        let texts = transactions.map { $0.canonicalText() }.joined()
        // Not every name can be written in Windows' letters.
        if texts.data(using: encoding, allowLossyConversion: false) == nil { encoding = .utf8 }
        let separator = chance.pick(CellSeparator.allCases)
        let order = chance.pick(DateOrder.allCases)
        let mark = chance.pick(DecimalMark.allCases)
        let groups = chance.number(0...1) == 0
        let sign = chance.pick(["", "$", "USD "])
        let end = chance.pick(["\n", "\r\n"])
        var rows = transactions.flatMap { transaction -> [[String]] in
            IntakeFileRows.rows(of: transaction).map { cells in
                var cells = cells
                cells[CSVColumn.date.rawValue] = Self.date(transaction.date, order)
                let place = CSVColumn.amount.rawValue
                cells[place] = sign + Self.amount(cells[place], mark, groups)
                return cells
            }
        }
        let accident = chance.number(0...2) == 0 ? nil : chance.pick(Accident.allCases)
        var text = Self.text(CSVColumn.allCases.map(\.name), separator)
        var after = ""
        switch accident {
        case .appendedToItself: rows += rows
        case .blockTwice:
            // Not one of charges alone, since two equal charges are usual.
            let key = rows.first { $0[CSVColumn.line.rawValue] == "payment" }?.prefix(4)
            let block = rows.indices.filter { rows[$0].prefix(4) == key }
            if let last = block.last {
                rows.insert(contentsOf: block.map { rows[$0] }, at: last + 1)
            } else {
                rows[0].append("")
            }
        case .rowsTwice:
            // Each row in place, as a bad join writes them.
            rows = rows.flatMap { [$0, $0] }
        case .rowElsewhere:
            let places = rows.indices.dropLast().filter { rows[$0].prefix(4) == rows[$0 + 1].prefix(4) }
            if let place = places.first, rows.last?.prefix(4) != rows[place].prefix(4) {
                rows.append(rows.remove(at: place))
            } else {
                rows[0].append("")
            }
        case .cellLost: rows[chance.number(0...rows.count - 1)].removeLast()
        case .cellAdded: rows[chance.number(0...rows.count - 1)].append("x")
        case .keyLost: rows[chance.number(0...rows.count - 1)][CSVColumn.id.rawValue] = ""
        case .quoteOpened: after = "\"" + rows[rows.count - 1].joined(separator: ",")
        case .lineBreakLost: after = rows[rows.count - 1].joined(separator: ",") + rows[0].joined(separator: ",")
        case .totalRow:
            after = "Total" + String(repeating: String(UnicodeScalar(separator.byte)), count: rows[0].count - 1)
        case .unseenMark where encoding != .windowsCP1252:
            for index in rows.indices { rows[index][CSVColumn.id.rawValue] += "\u{200E}" }
        case .unseenMark, nil: break
        }
        text += end + rows.map { Self.text($0, separator) }.joined(separator: end) + end
        if !after.isEmpty { text += after + end }
        bytes = Array(text.data(using: encoding) ?? Data())
        self.accident = accident
        what = "\(encoding) \(separator) \(order) \(mark) \(groups) \(sign) \(accident.map { "\($0)" } ?? "whole")"
        var answers = ProfileDraft.Answers()
        (answers.dateOrder, answers.decimalMark) = (order, mark)
        self.answers = answers
    }

    func read() -> IntakeFile {
        guard let draft = ProfileDraft(bytes[...], name: "shop", answers: answers), draft.questions.isEmpty
        else { return IntakeFile([], format: .csv) }
        return IntakeFile(bytes, format: .csv, profile: draft.profile)
    }

    private static func text(_ cells: [String], _ separator: CellSeparator) -> String {
        let mark = String(UnicodeScalar(separator.byte))
        return cells.map { cell in
            cell.contains(mark) || cell.contains("\"") ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
        }.joined(separator: mark)
    }

    private static func date(_ date: CalendarDate, _ order: DateOrder) -> String {
        switch order {
        case .yearFirst: date.text
        case .monthFirst: "\(date.month)/\(date.day)/\(date.year)"
        case .dayFirst: "\(date.day).\(date.month).\(date.year % 100)"
        }
    }

    private static func amount(_ plain: String, _ mark: DecimalMark, _ groups: Bool) -> String {
        let parts = plain.split(separator: ".").map(String.init)
        var whole = parts[0]
        if groups, whole.count > 3 {
            whole.insert(contentsOf: mark == .point ? "," : ".", at: whole.index(whole.endIndex, offsetBy: -3))
        }
        return parts.count == 2 ? whole + (mark == .point ? "." : ",") + parts[1] : whole
    }
}

/// A transaction's rows in Daybook's own CSV, cut into cells.
private enum IntakeFileRows {
    static func rows(of transaction: Transaction) -> [[String]] {
        var scanner = CSVScanner(separator: UInt8(ascii: ","))
        var bytes = Array(CSVWriting.text(of: transaction).utf8)[...]
        var rows: [[String]] = []
        while let row = try? scanner.next(&bytes) {
            rows.append((0..<row.count).map { String(decoding: row[$0], as: UTF8.self) })
        }
        return rows
    }
}
