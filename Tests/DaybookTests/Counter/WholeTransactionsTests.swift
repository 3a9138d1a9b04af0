// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

/// Files as people reported them, each with its right result: a transaction is taken whole, once, or not at all.
@Suite("A transaction is taken whole or not at all")
struct WholeTransactionsTests {
    private static let header =
        "source,store,id,revision,type,date,line,kind,jurisdiction,tender,brand,amount,description"

    private static func file(_ rows: String...) -> IntakeFile { file(rows) }

    private static func file(_ rows: [String]) -> IntakeFile {
        IntakeFile(([header] + rows).joined(separator: "\n"), .csv)
    }

    private static let invoice = [
        "elite,1,INV-1,,invoice,2026-11-16,charge,rental,,,,200.00,Trencher",
        "elite,1,INV-1,,invoice,2026-11-16,tax,,state,,,12.50,",
        "elite,1,INV-1,,invoice,2026-11-16,payment,,,cash,,212.50,",
    ]
    private static let payment = "elite,1,PAY-2,,payment,2026-11-16,payment,,,check,,75.00,"

    private static func sums(_ transaction: Transaction) throws -> String {
        let legs = try PostingRules.entry(for: transaction).legs
        return legs.filter { $0.line.side == .debit }.map(\.line.amount.text).joined(separator: " ")
    }

    @Test("a file that was appended to itself has each transaction twice, not transactions of twice the money")
    func appended() throws {
        let once = Self.file(Self.invoice + [Self.payment])
        let twice = Self.file(Self.invoice + [Self.payment] + Self.invoice + [Self.payment])
        #expect(twice.problems == [])
        #expect(twice.transactions == once.transactions + once.transactions)
    }

    @Test("a transaction that comes again with other rows is refused once, with both places")
    func split() {
        let file = Self.file(
            Self.invoice[0], Self.payment, Self.invoice[1], Self.invoice[2],
            "elite,1,PAY-3,,payment,2026-11-16,payment,,,cash,,1.00,")
        #expect(file.transactions.map(\.key.id) == ["PAY-2", "PAY-3"])
        #expect(
            file.problems.map(\.message) == [
                """
                line 2, id “at lines 2 and 4”: this transaction is there twice, with other rows, and others stand \
                between them; put its rows together, or remove one of the two.
                """
            ])
    }

    @Test("three blocks of one transaction, the last like the first, are refused as well")
    func threeBlocks() {
        let file = Self.file(
            Self.invoice + [Self.payment, Self.invoice[0], "elite,2,P,,payment,2026-11-16,payment,,,cash,,1,"]
                + Self.invoice)
        #expect(file.transactions.map(\.key.id) == ["PAY-2", "P"])
        #expect(file.problems.map(\.line) == [2])
    }

    @Test("rows that are there twice in one transaction would double its money, and are refused")
    func repeatedInside() {
        let file = Self.file(Self.invoice + Self.invoice + [Self.payment, Self.payment])
        #expect(file.transactions.isEmpty)
        let remedy = "remove it, or write one row with the sum."
        #expect(
            file.problems.map(\.message) == [
                "line 5, line “charge”: the same row is there already at line 2; \(remedy)",
                "line 9, line “payment”: the same row is there already at line 8; \(remedy)",
            ])
        // Each row twice in place, as a bad join writes it; and yesterday's rows above today's longer ones.
        let (charge, tax, cash) = (Self.invoice[0], Self.invoice[1], Self.invoice[2])
        let fuel = "elite,1,INV-1,,invoice,2026-11-16,charge,fuel,,,,5.00,"
        for rows in [
            [charge, charge, tax, tax, cash, cash], Self.invoice + Self.invoice + [fuel], [charge, cash, cash],
            [charge, fuel, charge, fuel],
        ] {
            let refused = Self.file(rows)
            #expect(refused.transactions.isEmpty && refused.problems.count == 1, "\(refused.problems)")
        }
    }

    @Test("two equal charges are two machines of one kind")
    func equalCharges() {
        let (charge, tax, cash) = (Self.invoice[0], Self.invoice[1], Self.invoice[2])
        for rows in [[charge, charge], [charge, charge, tax, cash]] {
            let file = Self.file(rows)
            #expect(file.problems == [] && file.transactions.count == 1)
        }
    }

    @Test("a row that writes the key in a way that is refused belongs to its transaction, and spoils it")
    func refusedKeys() {
        for (id, store, revision) in [
            ("INV-7", "1", "1.0"), ("INV-7", "1.0", "1"), ("INV-7", "+1", ""), ("'", "1", ""), ("\u{200E}", "1", ""),
        ] {
            let file = Self.file(
                "elite,1,INV-7,,invoice,2026-11-16,charge,rental,,,,300.00,",
                "elite,\(store),\(id),\(revision),invoice,2026-11-16,payment,,,card,visa,300.00,")
            #expect(
                file.transactions.isEmpty && file.problems.map(\.line) == [3],
                "\(id) \(store) \(revision): \(file.problems)")
        }
        let decimals = Self.file(
            "elite,1,100234,,invoice,2026-11-16,charge,rental,,,,300.00,",
            "elite,1,100234.0,,invoice,2026-11-16,payment,,,card,visa,300.00,")
        #expect(decimals.transactions.isEmpty && decimals.problems.map(\.field) == ["id"])
    }

    @Test("what spoils a transaction that comes again spoils it where it came first, too")
    func spoiledRepeat() {
        let broken = "elite,1,INV-1,,invoice,2026-11-16,charge,fuel,,,,7"
        let file = Self.file(Self.invoice + [Self.payment] + Self.invoice + [broken])
        #expect(file.transactions.map(\.key.id) == ["PAY-2"] && file.problems.map(\.line) == [9])
    }

    @Test("a header in the middle, as in a file that was appended to another, is no row")
    func headerAgain() {
        let file = Self.file(Self.invoice + [Self.header, Self.payment])
        #expect(file.problems == [] && file.transactions.count == 2)
    }

    @Test("a revision that is blank is 1, and store 01 is 1: the rows are one transaction's")
    func keys() throws {
        let file = Self.file(
            "elite,01,INV-7,,invoice,2026-11-16,charge,rental,,,,300.00,",
            "elite,1,INV-7,1,invoice,2026-11-16,tax,,state,,,18.75,",
            "elite,1,\u{200E}INV-7,01,invoice,2026-11-16,payment,,,card,visa,318.75,")
        #expect(file.problems == [])
        #expect(try file.transactions.map(Self.sums) == ["318.75 318.75"])
    }

    @Test("rows without a key spoil the transactions on both sides")
    func continuation() {
        let file = Self.file(
            "shop,1,INV-1,,invoice,2026-11-16,charge,rental,,,,120.00,Washer", ",,,,,,charge,delivery,,,,40.00,",
            ",,,,,,tax,,state,,,10.00,", ",,,,,,payment,,,card,visa,170.00,",
            "shop,1,INV-2,,invoice,2026-11-16,charge,rental,,,,60.00,Saw", ",,,,,,payment,,,cash,,60.00,")
        #expect(file.transactions.isEmpty)
        let words = "rows to line 5 do not say which transaction it is; write source, store and id in every row."
        #expect(
            file.problems.map(\.message) == [
                "line 3, source, store, id is missing: the \(words)",
                "line 3, source, store, id is missing: the \(words)",
                """
                line 7, source, store, id is missing: this row does not say which transaction it is; write source, \
                store and id in every row.
                """,
            ])
    }

    @Test("a row with too few cells spoils the transaction that it names, also one that was given before")
    func spoiledLater() {
        let broken = "elite,1,INV-1,,invoice,2026-11-16,charge,fuel,,,,7"
        let file = Self.file(Self.invoice + [Self.payment, broken, "elite,2,P,,payment,2026-11-16,payment,,,cash,,1,"])
        #expect(file.transactions.map(\.key.id) == ["PAY-2", "P"])
        #expect(file.problems.map(\.line) == [6])
        let before = Self.file(
            [Self.payment, broken, "elite,2,P,,payment,2026-11-16,payment,,,cash,,1,"] + Self.invoice)
        #expect(before.transactions.map(\.key.id) == ["PAY-2", "P"])
        #expect(before.problems.map(\.line) == [3])
    }

    @Test("one bad quote is its row's mistake; the rest is read, with its own mistakes")
    func quotes() {
        let file = Self.file(
            "elite,1,INV-1,,invoice,2026-11-16,charge,rental,,,,45.00,Trencher 24\" bar",
            "elite,1,INV-2,,invoice,2026-11-16,charge,sale,,,,12.00,\"Little Giant\" ladder foot",
            "elite,1,INV-3,,invoice,2026-11-16,charge,rental,,,,oops,Compressor",
            "elite,1,PAY-4,,payment,2026-11-16,payment,,,cash,,20.00,")
        #expect(file.transactions.map(\.key.id) == ["INV-1", "PAY-4"])
        #expect(file.problems.map(\.line) == [3, 4])
        #expect(file.problems.map(\.field) == ["description", "amount"])
        #expect(file.problems.first?.value == "Little Giant ladder foot")
    }

    @Test("a quote that is never closed names the line where it opened; what stands before it is read")
    func neverClosed() {
        let file = Self.file(
            "elite,1,INV-5,,invoice,2026-11-16,charge,rental,,,,45.00,\"Tent 20' x 30\"",
            "elite,1,INV-6,,invoice,2026-11-16,charge,sale,,,,12.00,\"36\"\" chain",
            "elite,1,PAY-7,,payment,2026-11-16,payment,,,cash,,20.00,")
        #expect(file.transactions.map(\.key.id) == ["INV-5"])
        #expect(file.problems.map(\.line) == [3] && file.problems.first?.field == "description")
        #expect(file.problems.first?.remedy.contains("never closed") == true)
    }

    @Test("a cell that took in the first rows of the next transaction spoils that one, too")
    func swallowed() {
        let file = Self.file(
            "elite,1,INV-5,,invoice,2026-11-16,charge,rental,,,,45.00,\"36 chain",
            "elite,1,INV-6,,invoice,2026-11-16,charge,sale,,,,12.00,\"",
            "elite,1,INV-6,,invoice,2026-11-16,charge,fuel,,,,5.00,",
            "elite,1,PAY-7,,payment,2026-11-16,payment,,,cash,,20.00,")
        #expect(file.transactions.map(\.key.id) == ["PAY-7"])
    }

    @Test("ids that a spreadsheet has shortened are refused, not merged")
    func spreadsheet() {
        let file = Self.file(
            "elite,1,2.02611E+14,,payment,2026-11-16,payment,,,cash,,35.00,",
            "elite,1,2.02611E+14,,payment,2026-11-16,payment,,,cash,,60.00,",
            "elite,1,219E01,,payment,2026-11-16,payment,,,check,,75.00,")
        #expect(file.transactions.map(\.key.id) == ["219E01"])
        #expect(file.problems.first?.remedy.hasPrefix("a spreadsheet has shortened this number") == true)
    }

    @Test("a text cut in the middle of an emoji is named with its place, and the others are read")
    func halfCharacter() {
        let (good, cut) = (#""source":"pos","store":1,"date":"2026-11-16","type":"payment""#, #"Balloon arch \ud83c"#)
        let items = [
            #"{\#(good),"id":"P1","payments":[{"tender":"cash","amount":"20.00"}]}"#,
            #"{\#(good),"id":"P2","payments":[{"tender":"cash","amount":"1.00","brand":"\#(cut)"}]}"#,
            #"{\#(good),"id":"P3","payments":[{"tender":"cash","amount":"oops"}]}"#,
        ]
        for (text, format) in [
            ("[\(items.joined(separator: ",\n"))]", IntakeFile.Format.json), (items.joined(separator: "\n"), .ndjson),
        ] {
            let file = IntakeFile(text, format)
            #expect(file.transactions.map(\.key.id) == ["P1"])
            #expect(file.problems.map(\.line) == [2, 3])
            #expect(
                file.problems.first?.message == """
                    line 2, payments[0].brand “Balloon arch \u{FFFD}”: half of a character stands behind this, such as \
                    an emoji that was cut; remove it.
                    """)
        }
    }

    @Test("several transactions in one line of NDJSON: line breaks were lost on the way")
    func oneLine() {
        let file = IntakeFile("{\"a\":1}{\"a\":2}", .ndjson)
        #expect(file.problems.first?.remedy.contains("--data-binary instead of -d") == true)
    }

    @Test("ids in JSON are read as in CSV, and a number with an exponent or decimals is refused")
    func jsonKeys() {
        func id(_ text: String) -> String? {
            let payment =
                #""source":"pos","store":"01","date":"2026-11-16","type":"payment","payments":[{"tender":"cash","amount":"1"}]"#
            return IntakeFile("{\(payment),\"id\":\(text)}", .json).transactions.first?.key.id
        }
        #expect(id("100234") == "100234" && id(#""100234""#) == "100234" && id(#""\u200e100234""#) == "100234")
        #expect(id("100234.0") == nil && id("1e5") == nil && id(#""1E+05""#) == nil)
    }

    @Test("a memo counts as QuickBooks may count it")
    func longMemo() {
        let family = "👨‍👩‍👧‍👦"
        let text = """
            {"source":"pos","store":1,"id":"P","date":"2026-11-16","type":"payment","memo":"\(String(repeating: family, count: 480))",\
            "payments":[{"tender":"cash","amount":"1"}]}
            """
        let remedy = IntakeFile(text, .json).problems.first?.remedy
        #expect(remedy == "write at most 500 characters; this has 5280, because some of them count more than once")
    }
}
