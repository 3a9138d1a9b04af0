// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("A profile for a shop's own table")
struct ProfileDraftTests {
    private static func draft(
        _ text: String, _ answers: ProfileDraft.Answers = .init()
    ) -> ProfileDraft? {
        ProfileDraft(Array(text.utf8)[...], name: "shop", answers: answers)
    }

    private static var answers: ProfileDraft.Answers {
        var answers = ProfileDraft.Answers()
        answers.constants = [.source: "counter", .store: "1"]
        return answers
    }

    private static let sales = """
        Daily sales\tRidge Rentals
        Invoice No\tType\tDate\tCustomer Name\tCustomer No\tLine\tKind\tPayment Method\tAmount\tClerk
        A-1\tInvoice\t11/16/2026\tSmith, Bo\tC1\tCharge\tDamage Waiver\t\t$1,100.00\tpat
        A-1\tInvoice\t11/16/2026\tSmith, Bo\tC1\tPayment\t\tCash\t$100.00\tpat
        A-2\tPayment\t11/17/2026\t\t\tPayment\t\tCheck\t5.00\tpat
        Total\t\t\t\t\t\t\t\t$1,205.00\t

        """

    @Test("is found in its titles, dates and amounts, and then reads it")
    func reads() throws {
        let draft = try #require(Self.draft(Self.sales, Self.answers))
        #expect(draft.questions == [] && draft.unread == ["Clerk"])
        let profile = draft.profile
        #expect(profile.separator == .tab && profile.dateOrder == .monthFirst && profile.decimalMark == .point)
        #expect(profile.passOver == ["total"])
        let file = IntakeFile(Array(Self.sales.utf8), format: .csv, profile: profile)
        #expect(file.problems == [])
        #expect(file.transactions.map(\.key.id) == ["A-1", "A-2"])
        #expect(file.transactions.first?.customer?.name == "Smith, Bo")
        #expect(
            file.transactions.first?.event
                == .invoice(
                    charges: [Charge(kind: .damageWaiver, amount: dollars("1100.00"))], taxes: [],
                    payments: [Payment(tender: .cash, amount: dollars("100.00"))]))
        let again = try JSONDecoder().decode(IntakeProfile.self, from: JSONEncoder().encode(profile))
        #expect(again == profile)
    }

    @Test("asks what the table does not tell, and guesses nothing")
    func questions() throws {
        let text = Self.sales.replacing("11/16/", with: "03/04/").replacing("11/17/", with: "03/05/")
            .replacing("$1,100.00", with: "1.250").replacing("$100.00", with: "1.100").replacing("\t5.00", with: "\t12")
            .replacing("$1,205.00", with: "2.362")
        let draft = try #require(Self.draft(text))
        #expect(
            Set(draft.questions) == [
                .dateOrder(example: "03/04/2026"), .decimalMark(example: "1.250"), .constant(.source),
                .constant(.store),
            ])
        var answers = Self.answers
        (answers.dateOrder, answers.decimalMark) = (.dayFirst, .comma)
        let profile = try #require(Self.draft(text, answers)).profile
        let file = IntakeFile(Array(text.utf8), format: .csv, profile: profile)
        #expect(file.problems == [] && file.transactions.first?.date == day("2026-04-03"))
        #expect(file.transactions.last?.event == .payment([Payment(tender: .check, amount: dollars("12.00"))]))
    }

    @Test("asks which of two columns it is")
    func twoColumns() throws {
        let text = Self.sales.replacing("Clerk", with: "Reference")
        let draft = try #require(Self.draft(text, Self.answers))
        #expect(draft.questions == [.column(.id, titles: ["Invoice No", "Reference"])])
    }

    @Test("reads letters of Windows, and UTF-16")
    func encodings() throws {
        let text = Self.sales.replacing("Smith, Bo", with: "Müller – Söhne €")
        for (encoding, expected) in [
            (String.Encoding.windowsCP1252, TextEncoding.windows1252), (.utf16, .utf16), (.utf16LittleEndian, .utf16),
        ] {
            let bytes = Array(try #require(text.data(using: encoding)))
            let profile = try #require(ProfileDraft(bytes[...], name: "x", answers: Self.answers)).profile
            #expect(profile.encoding == expected)
            let file = IntakeFile(bytes, format: .csv, profile: profile)
            #expect(file.problems == [] && file.transactions.first?.customer?.name == "Müller – Söhne €")
        }
    }

    @Test("mistakes are under the table's own titles")
    func titles() throws {
        let profile = try #require(Self.draft(Self.sales, Self.answers)).profile
        let text = Self.sales.replacing("Cash\t$100.00", with: "Beads\tmuch")
        let file = IntakeFile(Array(text.utf8), format: .csv, profile: profile)
        #expect(file.problems.map(\.field) == ["Payment Method", "Amount"])
        let other = IntakeFile(Array("a,b\n1,2\n".utf8), format: .csv, profile: profile)
        #expect(other.problems.first?.remedy.hasPrefix("no row has the columns “Amount”") == true)
    }

    private static let ledger = """
        Date,Account,Memo,Debit,Credit
        11/16/26,1050,Drawer,"1,100.50",
        11/16/26,4000 · Rental income,Rent,,"1,000.00"
        11/16/26,2200,Tax,,100.50
        11/17/26,1050,Drawer,(20.00),
        11/17/26,4000,Refund,20.00,0.00
        Total,,,"1,100.50","1,100.50"

        """

    @Test("of a general ledger: one journal a day, which balances")
    func generalLedger() throws {
        let draft = try #require(Self.draft(Self.ledger, Self.answers))
        #expect(draft.questions == [] && draft.profile.shape == .ledger)
        let file = IntakeFile(Array(Self.ledger.utf8), format: .csv, profile: draft.profile)
        #expect(file.problems == [])
        #expect(file.transactions.map(\.key.id) == ["GL-20261116", "GL-20261117"])
        func account(_ name: String) throws -> EntryLine.Account {
            .named(try #require(SourceAccount(source: "counter", name: name)))
        }
        #expect(
            file.transactions.last?.event
                == .journal([
                    JournalLine(side: .credit, account: try account("1050"), amount: dollars("20.00"), text: "Drawer"),
                    JournalLine(side: .debit, account: try account("4000"), amount: dollars("20.00"), text: "Refund"),
                ]))
        let wrong = Self.ledger.replacing("100.50\n11/17", with: "100.49\n11/17")
        let refused = IntakeFile(Array(wrong.utf8), format: .csv, profile: draft.profile)
        #expect(refused.transactions.map(\.key.id) == ["GL-20261117"] && refused.problems.map(\.line) == [2])
    }

    @Test("a day that is the same in both orders decides nothing, nor does a column named like ours beside another")
    func undecided() throws {
        let sameDay = Self.sales.replacing("11/16/", with: "11/11/").replacing("11/17/", with: "11/11/")
        #expect(try #require(Self.draft(sameDay, Self.answers)).questions == [.dateOrder(example: "11/11/2026")])
        let twoIDs = Self.sales.replacing("Clerk", with: "ID")
        #expect(
            try #require(Self.draft(twoIDs, Self.answers)).questions == [.column(.id, titles: ["Invoice No", "ID"])])
    }

    @Test("only what is of no day and begins with the whole word is passed over, and nothing with a wrong quote")
    func passedOver() throws {
        let profile = try #require(Self.draft(Self.sales, Self.answers)).profile
        let text = Self.sales.replacing("A-2\tPayment", with: "Total-2\tPayment")
        #expect(
            IntakeFile(Array(text.utf8), format: .csv, profile: profile).transactions.map(\.key.id) == [
                "A-1", "Total-2",
            ])
        let open = Self.sales.replacing("A-2\tPay", with: "Total\t\t\t\"North\t\t\t\t\t\t\nA-2\tPay")
        #expect(!IntakeFile(Array(open.utf8), format: .csv, profile: profile).problems.isEmpty)
    }

    @Test("a cell of a column that is not read, which took in a row of its own transaction, spoils it")
    func swallowedRow() throws {
        let profile = try #require(Self.draft(Self.sales, Self.answers)).profile
        let text = Self.sales.replacing("$1,100.00\tpat", with: "$1,100.00\t\"pat").replacing(
            "$100.00\tpat", with: "$100.00\tpat\"")
        let file = IntakeFile(Array(text.utf8), format: .csv, profile: profile)
        #expect(file.transactions.isEmpty && !file.problems.isEmpty)
        let note = Self.sales.replacing("$1,100.00\tpat", with: "$1,100.00\t\"pat,\nthe new one\"")
        #expect(IntakeFile(Array(note.utf8), format: .csv, profile: profile).problems == [])
    }

    @Test("an amount in another currency than its row's is refused")
    func currencies() throws {
        let profile = try #require(Self.draft(Self.sales, Self.answers)).profile
        for amount in ["€5.00", "5.00 EUR", "CAD 5.00"] {
            let text = Self.sales.replacing("\t5.00", with: "\t\(amount)")
            let file = IntakeFile(Array(text.utf8), format: .csv, profile: profile)
            #expect(file.transactions.map(\.key.id) == ["A-1"] && file.problems.map(\.field) == ["Amount"], "\(amount)")
        }
    }

    @Test("a ledger's rows of no day, and of a debit and a credit, are refused with what they belong to")
    func ledgerMistakes() throws {
        let profile = try #require(Self.draft(Self.ledger, Self.answers)).profile
        let noDay = Self.ledger.replacing("11/17/26", with: "")
        let file = IntakeFile(Array(noDay.utf8), format: .csv, profile: profile)
        #expect(file.transactions.isEmpty && file.problems.map(\.field) == ["Date"])
        let shifted = """
            Note,Store,Num,Type,Date,Account,Debit,Credit
            x,1,J1,GJ,11/16/26,1050,100.00,
            x,1,J1,GJ,11/16/26,4000,,100.00
            late, 7,1,J1,GJ,11/16/26,1050,50.00,

            """
        var answers = ProfileDraft.Answers()
        answers.constants = [.source: "counter"]
        let own = try #require(Self.draft(shifted, answers)).profile
        let spoiled = IntakeFile(Array(shifted.utf8), format: .csv, profile: own)
        #expect(own.shape == .ledger && spoiled.transactions.isEmpty && spoiled.problems.map(\.line) == [4])
        let both = Self.ledger.replacing("Drawer,(20.00),", with: "Drawer,-20.00,3.00")
        let refused = IntakeFile(Array(both.utf8), format: .csv, profile: profile)
        #expect(refused.transactions.map(\.key.id) == ["GL-20261116"])
        #expect(refused.problems.contains { $0.value == "debit -20.00 and credit 3.00" })
    }

    @Test("a ledger reads its own columns alone; a number and a name in two columns are one account")
    func ledgerColumns() throws {
        let text = """
            Date,Account #,Account,Tax Code,Customer,Description,Notes,Debit,Credit
            11/16/26,1050,Cash:Drawer,x,Ann,Cash,n1,5.00,
            11/16/26,4010,Income:Rental,y,Bo,Rent,n2,,5.00

            """
        let asked = try #require(Self.draft(text, Self.answers))
        #expect(asked.questions == [.column(.account, titles: ["Account #", "Account"])])
        var answers = Self.answers
        answers.columns = [.account: "Account #", .accountName: "Account"]
        let draft = try #require(Self.draft(text, answers))
        #expect(draft.questions == [] && draft.unread.contains("Tax Code") && draft.unread.contains("Customer"))
        let file = IntakeFile(Array(text.utf8), format: .csv, profile: draft.profile)
        #expect(file.problems == [])
        guard case .journal(let lines) = file.transactions.first?.event else { return }
        let name = try #require(SourceAccount(source: "counter", name: "Income:4010 · Rental"))
        #expect(lines.last?.account == .named(name) && name.number == number("4010") && lines.last?.text == "Rent")
        answers.columns = [.account: "Account"]
        #expect(try #require(Self.draft(text, answers)).profile.columns[.account] == "Account")
        answers.columns = [.account: "Acount", .memo: "Remarks"]
        #expect(Set(try #require(Self.draft(text, answers)).questions) == [.missing(.account), .missing(.memo)])
    }

    @Test("what tells rows apart is never the same in every row, and a kept profile has constants that can be read")
    func constants() throws {
        let text = Self.ledger.replacing("Date,", with: "Business Day,")
        let draft = try #require(Self.draft(text, Self.answers))
        #expect(draft.questions == [.missing(.date)])
        var profile = try #require(Self.draft(Self.ledger, Self.answers)).profile
        #expect(profile.problem == nil)
        for store in ["Main", "0", "12345", "+1"] {
            profile.constants[.store] = store
            #expect(profile.problem?.contains("write a whole number from 1 to 9999") == true)
        }
    }
}
