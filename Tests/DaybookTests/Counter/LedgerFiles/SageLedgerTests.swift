// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("General journals of Sage 50 US")
struct SageLedgerTests {
    private static let rows = """
        11/16/26,PR261116,,3,1050,"Drawer, store 1",1100.50,,FALSE,11
        11/16/26,PR261116,,3,4000,Rent,-1000.00,,FALSE,11
        11/16/26,PR261116,,3,2200,Tax,-100.50,,FALSE,11
        11/17/26,PR261117,,2,1050,Drawer,20.00,,FALSE,11
        11/17/26,PR261117,,2,4000,Rent,-20.00,,FALSE,11

        """

    private static let titles = """
        Date,Reference,Date Clear in Bank Rec,Number of Distributions,G/L Account,Description,Amount,Job ID,Used for \
        Reimbursable Expense,Transaction Period

        """

    private static func profile(_ text: String) throws -> IntakeProfile {
        let draft = try #require(ProfileDraft(Array(text.utf8)[...], name: "sage", answers: IIFTests.answers))
        #expect(draft.questions == [])
        return draft.profile
    }

    @Test("with titles and without them: a reference is a journal, a debit is positive", arguments: [true, false])
    func reads(_ hasTitles: Bool) throws {
        let text = (hasTitles ? Self.titles : "") + Self.rows
        let profile = try Self.profile(text)
        #expect(profile.shape == .ledger && (profile.titles == nil) == hasTitles)
        let file = IntakeFile(Array(text.utf8), format: profile.format, profile: profile)
        #expect(file.problems == [] && file.transactions.map(\.key.id) == ["PR261116", "PR261117"])
        guard case .journal(let lines) = file.transactions.last?.event else { return }
        let account = try #require(SourceAccount(source: "elite", name: "4000"))
        #expect(
            lines.last == JournalLine(side: .credit, account: .named(account), amount: dollars("20.00"), text: "Rent"))
    }

    @Test("an entry with fewer or more rows than it says has lost some, even if what is left balances")
    func lostRows() throws {
        let text =
            Self.titles + Self.rows + """
                11/18/26,PR261118,,4,1050,Drawer,20.00,,FALSE,11
                11/18/26,PR261118,,4,4000,Rent,-20.00,,FALSE,11

                """
        let profile = try Self.profile(text)
        let file = IntakeFile(Array(text.utf8), format: .csv, profile: profile)
        #expect(file.transactions.map(\.key.id) == ["PR261116", "PR261117"])
        #expect(file.problems.map(\.field) == ["Number of Distributions"] && file.problems.map(\.line) == [7])
    }

    @Test("several entries of one day without references are the day's journal, and each is counted")
    func withoutReferences() throws {
        let text =
            Self.titles
            + Self.rows.replacing("PR261116", with: "").replacing("PR261117", with: "")
            .replacing("11/17", with: "11/16")
        let profile = try Self.profile(text)
        #expect(profile.numbering == .day)
        let file = IntakeFile(Array(text.utf8), format: .csv, profile: profile)
        #expect(file.problems == [] && file.transactions.map(\.key.id) == ["GL-20261116"])
    }

    @Test("numbers that begin anew each day are asked about")
    func restarted() throws {
        let text = Self.titles + Self.rows.replacing("PR261116", with: "1").replacing("PR261117", with: "1")
        let draft = try #require(ProfileDraft(Array(text.utf8)[...], name: "sage", answers: IIFTests.answers))
        #expect(draft.questions == [.numbering(.twice("1"))])
        var answers = IIFTests.answers
        answers.numbering = .dayAndNumber
        let profile = try #require(ProfileDraft(Array(text.utf8)[...], name: "sage", answers: answers)).profile
        let file = IntakeFile(Array(text.utf8), format: .csv, profile: profile)
        #expect(file.problems == [] && file.transactions.map(\.key.id) == ["GL-20261116-1", "GL-20261117-1"])
    }
}
