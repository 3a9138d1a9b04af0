// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("General ledgers in IIF")
struct IIFTests {
    private static let titles = """
        !TRNS\tTRNSID\tTRNSTYPE\tDATE\tACCNT\tNAME\tCLASS\tAMOUNT\tDOCNUM\tMEMO
        !SPL\tSPLID\tTRNSTYPE\tDATE\tACCNT\tNAME\tAMOUNT\tMEMO\tDOCNUM
        !ENDTRNS

        """

    private static let block = """
        TRNS\t\tGENERAL JOURNAL\t11/16/26\tUndeposited Funds\t\t\t"1,100.50"\tPR261116\tDrawer
        SPL\t\tGENERAL JOURNAL\t11/16/26\t4000 · Rental Income\t\t-1000.00\tRent
        SPL\t\tGENERAL JOURNAL\t11/16/26\tTaxes:Sales Tax\t\t(100.50)\t"Tax, county"
        ENDTRNS

        """

    private static let lists = """
        !HDR\tPROD\tVER
        HDR\tElite\t1
        !ACCNT\tNAME\tACCNTTYPE
        ACCNT\tUndeposited Funds\tOCASSET

        """

    static var answers: ProfileDraft.Answers {
        var answers = ProfileDraft.Answers()
        answers.constants = [.source: "elite", .store: "1"]
        return answers
    }

    private static func profile(_ text: String, _ answers: ProfileDraft.Answers = answers) throws -> IntakeProfile {
        let draft = try #require(ProfileDraft(Array(text.utf8)[...], name: "ledger", answers: answers))
        #expect(draft.questions == [])
        return draft.profile
    }

    private static func file(_ text: String, _ profile: IntakeProfile) -> IntakeFile {
        IntakeFile(Array(text.utf8), format: profile.format, profile: profile)
    }

    private static func line(_ side: EntryLine.Side, _ name: String, _ amount: String, _ text: String) throws
        -> JournalLine
    {
        JournalLine(
            side: side, account: .named(try #require(SourceAccount(source: "elite", name: name))),
            amount: dollars(amount),
            text: text)
    }

    @Test("a block is a journal with the number in the file; lists are passed over, and the last line break may lack")
    func reads() throws {
        let text = Self.lists + Self.titles + Self.block.dropLast()
        let profile = try Self.profile(text)
        #expect(profile.shape == .iif && profile.dateOrder == .monthFirst && profile.numbering == .number)
        let file = Self.file(text, profile)
        #expect(file.problems == [])
        let journal = try #require(file.transactions.first)
        #expect(journal.key.id == "PR261116" && journal.key.source == "elite" && journal.date == day("2026-11-16"))
        #expect(
            journal.event
                == .journal([
                    try Self.line(.debit, "Undeposited Funds", "1100.50", "Drawer"),
                    try Self.line(.credit, "4000 · Rental Income", "1000.00", "Rent"),
                    try Self.line(.credit, "Taxes:Sales Tax", "100.50", "Tax, county"),
                ]))
    }

    @Test("in Windows' letters, and cut into pieces of any size, it is the same")
    func pieces() throws {
        let text = Self.titles + Self.block.replacing("Drawer", with: "Drawer – Müller")
        let bytes = Array(try #require(text.data(using: .windowsCP1252)))
        let profile = try #require(ProfileDraft(bytes[...], name: "x", answers: Self.answers)).profile
        #expect(profile.encoding == .windows1252)
        let whole = IntakeFile(bytes, format: .iif, profile: profile)
        #expect(whole.problems == [])
        for size in [1, 7, 64] {
            var reading = IntakeReading(format: .iif, profile: profile, findings: CSVFindings())
            var rows: [IntakeFile.Row] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                try reading.read(bytes[start..<min(start + size, bytes.count)], into: &rows)
            }
            try reading.finish(into: &rows)
            #expect(rows.compactMap { try? $0.result.get().transaction } == whole.transactions)
        }
    }

    @Test("the same block again is a repeat, another one with its number a mistake that names both places")
    func again() throws {
        let profile = try Self.profile(Self.titles + Self.block)
        let twice = Self.file(Self.titles + Self.block + Self.block, profile)
        #expect(twice.problems == [] && twice.transactions.count == 2 && Set(twice.transactions).count == 1)
        let other = Self.block.replacing("1000.00", with: "1000.10").replacing("1,100.50", with: "1,100.60")
        let file = Self.file(Self.titles + Self.block + other, profile)
        #expect(file.transactions.isEmpty && file.problems.first?.value == "at lines 4 and 8")
    }

    @Test(
        "what may have lost a row spoils its block and no other",
        arguments: [
            // A row of ENDTRNS, of TRNS, and one of SPL is gone; a memo was broken over two lines; a word was misspelt.
            ("ENDTRNS\nTRNS\t\tGENERAL JOURNAL\t11/17", "TRNS\t\tGENERAL JOURNAL\t11/17", ["PR261117"]),
            ("\tRent\nSPL", "\tRent\nENDTRNS\nSPL", ["PR261117"]),
            ("SPL\t\tGENERAL JOURNAL\t11/16/26\t4000 · Rental Income\t\t-1000.00\tRent\n", "", ["PR261117"]),
            ("\tRent\n", "\tRent\nof the day\n", ["PR261117"]),
            ("SPL\t\tGENERAL JOURNAL\t11/16/26\tTaxes", "SPLIT\t\tGENERAL JOURNAL\t11/16/26\tTaxes", ["PR261117"]),
            ("\"Tax, county\"", "\"Tax, county", []),
        ])
    func spoiled(_ from: String, _ to: String, _ taken: [String]) throws {
        let next = Self.block.replacing("PR261116", with: "PR261117").replacing("11/16", with: "11/17")
        let profile = try Self.profile(Self.titles + Self.block + next)
        let text = Self.titles + Self.block + next
        let broken = text.replacing(from, with: to, maxReplacements: 1)
        #expect(broken != text)
        let file = Self.file(broken, profile)
        #expect(file.transactions.map(\.key.id) == taken, "\(to)")
        #expect(!file.problems.isEmpty)
    }

    @Test("kinds with legs are journals under a number of their kind; others are refused by name")
    func kinds() throws {
        let invoice = Self.block.replacing("GENERAL JOURNAL", with: "INVOICE").replacing("PR261116", with: "7")
        let payment = Self.block.replacing("GENERAL JOURNAL", with: "PAYMENT").replacing("PR261116", with: "7")
        let order = Self.block.replacing("GENERAL JOURNAL", with: "PURCHORD").replacing("PR261116", with: "8")
        let text = Self.titles + invoice + payment + order
        let file = Self.file(text, try Self.profile(text))
        #expect(file.transactions.map(\.key.id) == ["INVOICE 7", "PAYMENT 7"])
        #expect(file.problems.map(\.value) == ["PURCHORD"] && file.problems.map(\.field) == ["TRNSTYPE"])
    }

    @Test("blocks without numbers: one a day is the day's, several are asked for, and the answer is kept")
    func numbering() throws {
        let unnumbered = Self.block.replacing("PR261116", with: "")
        let profile = try Self.profile(Self.titles + unnumbered)
        #expect(profile.numbering == .day)
        #expect(Self.file(Self.titles + unnumbered, profile).transactions.map(\.key.id) == ["GL-20261116"])
        let second = unnumbered.replacing("Drawer", with: "Other drawer").replacing("GENERAL JOURNAL", with: "DEPOSIT")
        let two = Self.titles + unnumbered + second
        let asked = try #require(ProfileDraft(Array(two.utf8)[...], name: "x", answers: Self.answers))
        #expect(asked.questions == [.numbering(.severalADay("11/16/26"))])
        for (numbering, ids) in [
            (JournalNumbering.dayAndType, ["GL-20261116-GENERAL JOURNAL", "GL-20261116-DEPOSIT"]),
            (.dayAndPlace, ["GL-20261116-1", "GL-20261116-2"]),
        ] {
            var answers = Self.answers
            answers.numbering = numbering
            let kept = try JSONDecoder().decode(
                IntakeProfile.self, from: JSONEncoder().encode(try Self.profile(two, answers)))
            #expect(Self.file(two, kept).transactions.map(\.key.id) == ids)
        }
        let some = Self.titles + Self.block + second
        let partly = try #require(ProfileDraft(Array(some.utf8)[...], name: "x", answers: Self.answers))
        #expect(partly.questions == [.numbering(.missing("11/16/26"))])
        let refused = Self.file(some, try Self.profile(Self.titles + Self.block))
        #expect(refused.transactions.count == 1 && refused.problems.map(\.field) == ["DOCNUM"])
        #expect(refused.problems.first?.remedy.hasPrefix("this journal has no number") == true)
        let twice = Self.titles + Self.block + Self.block.replacing("11/16", with: "11/17")
        let restarted = try #require(ProfileDraft(Array(twice.utf8)[...], name: "x", answers: Self.answers))
        #expect(restarted.questions == [.numbering(.twice("PR261116"))])
    }

    @Test("the store may be the class, and all lines are of it; an empty account is known by its memo")
    func storesAndMemos() throws {
        let spl = Self.titles.replacing(
            "!SPL\tSPLID\tTRNSTYPE\tDATE\tACCNT\tNAME", with: "!SPL\tSPLID\tTRNSTYPE\tDATE\tACCNT\tCLASS")
        let text =
            spl
            + Self.block.replacing("\"1,100.50\"", with: "\"1,100.50\"").replacing("Funds\t\t\t", with: "Funds\t\t3\t")
            .replacing("4000 · Rental Income", with: "")
        var answers = ProfileDraft.Answers()
        answers.constants = [.source: "elite"]
        answers.columns = [.store: "CLASS"]
        let profile = try Self.profile(text, answers)
        let file = Self.file(text, profile)
        #expect(file.problems == [] && file.transactions.first?.key.store.value == 3)
        guard case .journal(let lines) = file.transactions.first?.event else { return }
        #expect(lines[1].account == .named(try #require(SourceAccount(source: "elite", name: "memo: Rent"))))
        let mixed = text.replacing("Taxes:Sales Tax\t\t", with: "Taxes:Sales Tax\t4\t")
        #expect(Self.file(mixed, profile).problems.map(\.value) == ["4"])
        let bare = text.replacing("\tRent\n", with: "\t\n")
        #expect(Self.file(bare, profile).problems.map(\.field) == ["ACCNT"])
    }

    @Test("a file without titles, without transactions, and one that lacks a column is refused in words")
    func unreadable() throws {
        let profile = try Self.profile(Self.titles + Self.block)
        #expect(Self.file(Self.block, profile).problems.map(\.field) == ["TRNS"])
        #expect(Self.file(Self.lists, profile).problems.map(\.value) == ["no TRNS"])
        let lacking = Self.titles.replacing("\tAMOUNT\tMEMO\tDOCNUM", with: "\tMEMO") + Self.block
        #expect(Self.file(lacking, profile).problems.map(\.field) == ["!SPL"])
        let unbalanced = Self.titles + Self.block.replacing("1000.00", with: "1000.01")
        #expect(Self.file(unbalanced, profile).problems.map(\.line) == [4])
    }

    @Test("two journals of a day without numbers are no repeat, and a day that comes again has no places")
    func withoutNumbers() throws {
        let unnumbered = Self.block.replacing("PR261116", with: "")
        let profile = try Self.profile(Self.titles + unnumbered)
        let file = Self.file(Self.titles + unnumbered + unnumbered, profile)
        #expect(file.transactions.isEmpty && Set(file.problems.map(\.field)) == ["DATE"])
        #expect(file.problems.first?.remedy.hasPrefix("the journal at line 4 has the same day") == true)
        var placed = profile
        placed.numbering = .dayAndPlace
        let whole = Self.titles + unnumbered + unnumbered
        #expect(Self.file(whole, placed).transactions.count == 2)
        #expect(Self.file(whole + whole, placed).transactions.count == 2)
        #expect(Self.file(whole + whole, placed).problems.count == 2)
        let later = unnumbered.replacing("11/16", with: "11/17")
        #expect(Self.file(Self.titles + unnumbered + later + unnumbered, placed).problems.map(\.line) == [12])
    }

    @Test("a line of another day, a list that may hold blocks, and a shortened number are refused")
    func furtherMistakes() throws {
        let profile = try Self.profile(Self.titles + Self.block)
        let otherDay =
            Self.titles + Self.block.replacing("SPL\t\tGENERAL JOURNAL\t11/16", with: "SPL\t\tGENERAL JOURNAL\t11/15")
        #expect(Self.file(otherDay, profile).problems.map(\.field) == ["DATE", "DATE"])
        let names = "!CUST\tNAME\n"
        let swallowed =
            names + Self.titles + Self.block + "CUST\t\"Acme\n"
            + Self.block.replacing("PR261116", with: "PR2")
            .replacing("\"", with: "") + "CUST\tBeta\"\n"
        #expect(Self.file(swallowed, profile).transactions.isEmpty)
        #expect(Self.file(swallowed, profile).problems.map(\.remedy).first?.hasSuffix("close its quotes") == true)
        let invoice = Self.block.replacing("GENERAL JOURNAL", with: "INVOICE").replacing(
            "PR261116", with: "2.02611E+14")
        #expect(
            Self.file(Self.titles + invoice, profile).problems.first?.remedy.contains("shortened this number") == true)
    }

    @Test("titles behind thousands of customers are found, and the letters of Windows after a file of plain ones")
    func longLists() throws {
        let lists = "!CUST\tNAME\n" + (1...2_100).map { "CUST\tCustomer \($0)\n" }.joined()
        let profile = try Self.profile(lists + Self.titles + Self.block.replacing(" · ", with: " "))
        #expect(profile.encoding == .utf8)
        let next = Array(try #require((Self.titles + Self.block).data(using: .windowsCP1252)))
        guard case .profile(let read) = FileReading(next, name: "PR261117.iif", profiles: [profile]) else {
            Issue.record("it is not recognized")
            return
        }
        let file = IntakeFile(next, format: .iif, profile: read)
        #expect(read.encoding == .windows1252 && file.problems == [] && file.transactions.count == 1)
    }
}
