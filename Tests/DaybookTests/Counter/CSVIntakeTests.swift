// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("CSV intake")
struct CSVIntakeTests {
    private static let header =
        "source,store,id,type,date,customer_id,customer_name,line,kind,tender,brand,amount,description"

    private static func file(_ rows: String..., header: String = header) -> IntakeFile {
        IntakeFile(([header] + rows).joined(separator: "\n"), .csv)
    }

    private static func messages(_ rows: String..., header: String = header) -> [String] {
        IntakeFile(([header] + rows).joined(separator: "\n"), .csv).problems.map(\.message)
    }

    @Test("Rows of one key make one transaction, its lists in the order of the rows")
    func grouping() {
        let file = Self.file(
            "elite,1,I1,invoice,2026-11-16,C1,Ann,charge,rental,,,100,Lift",
            "elite,1,I1,invoice,2026-11-16,C1,Ann,payment,,card,visa,60,",
            "elite,01,I1,invoice,2026-11-16,C1,Ann,charge,fuel,,,7.25,",
            "elite,2,I1,payment,2026-11-16,,,payment,,cash,,5.50,")
        #expect(file.problems == [])
        #expect(file.rows.map(\.line) == [2, 5])
        #expect(
            file.transactions.first?.event
                == .invoice(
                    charges: [
                        Charge(kind: .rental, amount: dollars("100"), text: "Lift"),
                        Charge(kind: .fuel, amount: dollars("7.25")),
                    ], taxes: [], payments: [Payment(tender: .card, brand: "visa", amount: dollars("60"))]))
    }

    @Test("Comma or semicolon, any order of columns, quotes, CRLF and a byte order mark make no difference")
    func dialects() throws {
        let plain = "source,store,id,type,date,line,tender,amount,memo\nelite,1,P1,payment,2026-11-16,payment,cash,5,"
        let wanted = try #require(IntakeFile(plain, .csv).transactions.first)
        let others = [
            "\u{FEFF}" + plain, plain.replacing(",", with: ";"), plain.replacing("\n", with: "\r\n") + "\r\n\r\n",
            plain.replacing("\n", with: "\r"), plain.replacing("elite", with: "\"elite\""), plain + "\n,,,,,,,,\n",
            "Amount, TENDER ,line,date,type,id,store,source\n5.00,CASH,payment,2026-11-16,payment,P1,1,elite",
            plain.replacing("elite,1", with: " elite , 1 "),
        ]
        for text in others { #expect(IntakeFile(text, .csv).transactions == [wanted], "\(text)") }
    }

    @Test("Quoted cells hold commas, doubled quotes and semicolons; a line break in one is refused by name")
    func quoting() {
        let row = "elite,1,I1,invoice,2026-11-16,C1,\"Smith, \"\"Bo\"\" & Sons; Co\",charge,sale,,,1,\"36\"\" chain\""
        let customer = Self.file(row).transactions.first?.customer
        #expect(customer?.name == "Smith, \"Bo\" & Sons; Co")
        let broken = "elite,1,I1,invoice,2026-11-16,,,charge,sale,,,1,\"two\nlines\""
        let next = "elite,1,I2,invoice,2026-11-16,,,charge,sale,,,x,"
        let messages = Self.messages(broken, next)
        #expect(messages.first == "line 2, description “two\nlines”: remove line breaks and control characters.")
        #expect(messages.last?.hasPrefix("line 4, amount “x”: write digits") == true)
    }

    @Test("A mistake in a row is named with that row's line and column")
    func places() {
        let messages = Self.messages(
            "elite,1,I1,invoice,2026-11-16,C1,,charge,rental,,,100,",
            "elite,1,I1,invoice,2026-11-16,C1,,charge,rent,,,1,",
            "elite,1,I1,invoice,2026-11-16,C1,,payment,,cash,,1.999,")
        #expect(
            messages == [
                "line 2, customer_name is missing: write the customer's name.",
                """
                line 3, kind “rent”: write one of rental, sale, damage-waiver, delivery, fuel, labor, cleaning, \
                environmental, re-rent, used-equipment-sale, other-fee, discount.
                """,
                "line 4, amount “1.999”: write at most 2 decimals, and a point only before them, not between thousands.",
            ])
    }

    @Test("A cell that does not belong to its line is refused by name")
    func misplacedCells() {
        #expect(
            Self.messages("elite,1,I1,payment,2026-11-16,,,payment,rental,cash,,5,") == [
                "line 2, kind “rental”: this field is not known here; remove it or correct its name."
            ])
        #expect(
            Self.messages("elite,1,D1,deposit-applied,2026-11-16,,,amount,,cash,,5,") == [
                "line 2, tender “cash”: an amount row has only an amount; remove it."
            ])
    }

    @Test("A second amount row is refused, not added and not lost")
    func twoAmounts() {
        let row = "elite,1,D1,deposit-applied,2026-11-16,,,amount,,,,5,"
        #expect(Self.file(row).transactions.first?.event == .depositApplied(dollars("5")))
        #expect(
            Self.messages(row, row) == [
                "line 3, line “amount”: a transaction has one amount row; remove the others."
            ])
    }

    @Test("Rows of a transaction that disagree are refused")
    func disagreement() {
        #expect(
            Self.messages(
                "elite,1,I1,invoice,2026-11-16,C1,Ann,charge,rental,,,100,",
                "elite,1,I1,invoice,2026-11-17,C1,Ann,charge,rental,,,100,")
                == [
                    """
                    line 3, date “2026-11-17”: all rows of a transaction must agree; line 2 says “2026-11-16”.
                    """
                ])
    }

    @Test("A row of another length spoils the transaction it belongs to, and no other")
    func cellCount() {
        let file = Self.file(
            "elite,1,I1,payment,2026-11-16,,,payment,,cash,,1,",
            "elite,1,I2,invoice,2026-11-16,,,charge,rental,,,100,Lift",
            "elite,1,I2,invoice,2026-11-16,,,charge,fuel,,,7,Fuel, regular",
            "elite,1,I3,payment,2026-11-16,,,payment,,cash,,3,",
            "elite,1,I4,payment,2026-11-16,,,payment,,cash,,4,,")
        #expect(file.transactions.map(\.key.id) == ["I1", "I3"])
        #expect(
            file.problems.map(\.message) == [
                "line 4, row “14 cells”: write 13 as in the header, with quotes around a text that has a separator.",
                "line 6, row “14 cells”: write 13 as in the header, with quotes around a text that has a separator.",
            ])
    }

    @Test("A row whose cells have shifted spoils its neighbours rather than leave one of them incomplete")
    func shiftedRow() {
        let file = Self.file(
            "elite,1,I1,invoice,2026-11-16,,,charge,rental,,,100,Lift",
            "1,I1,invoice,2026-11-16,,,charge,fuel,,,7,Fuel",
            "elite,1,I2,payment,2026-11-16,,,payment,,cash,,3,", "elite,1,I3,payment,2026-11-16,,,payment,,cash,,3,")
        #expect(file.transactions.map(\.key.id) == ["I3"])
        #expect(file.problems.map(\.line) == [3, 3])
    }

    @Test("Unknown, missing and doubled columns are named before any row is read")
    func columns() {
        let row = "1"
        let messages = Self.messages(row, header: "source,store,id,type,line,amount,amount,colour")
        #expect(messages.count == 3)
        #expect(messages[0].hasPrefix("line 1, colour “colour”: no such column; the columns are source, store, id, "))
        #expect(messages[0].hasSuffix("for another table make a profile with `daybook profiles propose`."))
        #expect(messages[1] == "line 1, date is missing: add this column to the header row.")
        #expect(messages[2] == "line 1, amount “amount”: the header names this column twice; remove one.")
    }

    @Test(
        "A file that cannot be read at all says where and why",
        arguments: [
            ("", "line 1, file “empty”: write a header row and at least one row."),
            (
                header + "\n\"elite,1",
                """
                line 2, source “elite,1”: its opening quote is never closed, so nothing behind it could be read; close \
                it, and write a quote that belongs to the text twice.
                """
            ),
            (
                header + "\n\n\"elite\"x,1",
                """
                line 3, source “elitex”: a text in quotes ends at the next quote; write a quote that belongs to the \
                text twice, as in "36"" chain".
                """
            ),
            (
                "\"a\"b,c\n1,2",
                """
                line 1, ab “ab”: a text in quotes ends at the next quote; write a quote that belongs to the text \
                twice, as in "36"" chain".
                """
            ),
            (
                header + "elite,1,I1,payment,2026-11-16,,,payment,,cash,,1,",
                """
                line 1, header row “25 cells”: Daybook's own table has only 24 columns; for another table make a \
                profile with `daybook profiles propose`, or if the file's line breaks were lost on the way, send it with \
                curl's --data-binary instead of -d.
                """
            ),
            (
                header + "\nelite,1,I1,payment,2026-11-16,,,pay,,cash,,1,",
                "line 2, line “pay”: write charge, tax, payment, amount or journal."
            ),
        ])
    func unreadable(text: String, message: String) {
        #expect(IntakeFile(text, .csv).problems.map(\.message).first == message)
    }

    @Test("What was written comes back, whatever its texts contain")
    func writing() {
        let odd = ["a,b", "\"", "x\"\"y", "semi;colon", "– ’ “ 会計 é", "=1+1", "it's 'quoted'", "#"]
        for text in odd {
            let original = Transaction(
                key: Transaction.Key(source: "s", store: .defaults, id: text), date: day("2026-11-16"), currency: .usd,
                customer: Customer(id: "1", name: text, isAccountCustomer: false), contract: text, memo: text,
                event: .journal([
                    JournalLine(side: .debit, account: .number(number("10;0")), amount: dollars("1"), text: text),
                    JournalLine(side: .credit, account: .role(role("rental[a b]")), amount: dollars("1")),
                ]))
            let file = IntakeFile(CSVWriting.header + CSVWriting.text(of: original), .csv)
            #expect(file.problems == [])
            #expect(file.transactions == [original])
        }
    }

    @Test("A thousand rows are one list, one more is refused")
    func longLists() {
        func file(_ count: Int) -> IntakeFile {
            let rows = Array(repeating: "elite,1,I1,invoice,2026-11-16,,,charge,sale,,,0.01,", count: count)
            return IntakeFile(([Self.header] + rows).joined(separator: "\n"), .csv)
        }
        #expect(file(1_000).problems == [])
        #expect(
            file(1_001).problems.map(\.message) == [
                "line 2, charges “1001 lines”: split it; one list takes at most 1000 lines."
            ])
    }

    @Test("A file of many thousand rows keeps its order and its lines")
    func manyRows() {
        let rows = (0..<5_000).map { "elite,1,P\($0),payment,2026-11-16,,,payment,,cash,,1," }
        let file = IntakeFile(([Self.header] + rows).joined(separator: "\n"), .csv)
        #expect(file.rows.map(\.line) == (2...5_001).map(Optional.some))
        #expect(file.transactions.count == 5_000)
    }
}
