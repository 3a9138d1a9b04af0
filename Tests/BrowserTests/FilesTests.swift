// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite(
    "Files, by the page", .serialized, .timeLimit(.minutes(15)),
    .enabled(if: Installed.mayRun, "\(Installed.reasonForSkipping)"))
struct FilesTests {
    private static let ledger = """
        !TRNS\tTRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO
        !SPL\tTRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO
        !ENDTRNS
        TRNS\tGENERAL JOURNAL\t11/16/2026\tRental Receivables Control\t1100.00\tPR261116\tOn account
        SPL\tGENERAL JOURNAL\t11/16/2026\tRentals\t-1100.00\t\tRent
        ENDTRNS

        """

    @Test(
        "a general ledger file is dropped, shown, taken, and posted to the account that is chosen; no page has a fault")
    func ledger() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "PR261116.iif")
            try Data(Self.ledger.utf8).write(to: file)
            try await ArticleFixture.with(folder, keys: "development") { fixture in
                try await Browser.with(folder) { browser in
                    let walker = Walker(browser: browser, situation: fixture.situation)
                    let people = PeopleWalker(browser: browser, address: fixture.situation.daybook)
                    try await walker.signInToDaybook(at: fixture.now)
                    try await walker.pressTheButton()
                    let count = fixture.situation.exported + fixture.situation.waiting
                    _ = try await fixture.untilExported(count)
                    try await take(file, browser, people)
                    try await chooseAccount(browser, people)
                    #expect(try await fixture.untilExported(count + 1)["exported"]?.count == count + 1)
                    let books = try await fixture.books()
                    #expect(books.count == count + 1 && books.values.allSatisfy { $0 == 1 })
                    #expect(try await browser.consoleErrors() == [])
                }
            }
        }
    }

    private func take(_ file: URL, _ browser: Browser, _ people: PeopleWalker) async throws {
        try await browser.press("Files", in: "Main")
        try await browser.waitFor("No file was received yet.")
        try await people.look()
        try await browser.give(file, to: "Choose files, or drop them here")
        try await browser.press("Show what is in them")
        try await browser.waitFor("How such files are read")
        try await people.look()
        try await browser.type("elite", into: "Source")
        try await browser.press("Show what is in it")
        try await browser.waitFor("1 name leads to no account in QuickBooks yet.")
        try await people.look()
        try await browser.press("OK, take them")
        try await browser.waitFor("1 transaction taken.")
        try await people.look()
    }

    private func chooseAccount(_ browser: Browser, _ people: PeopleWalker) async throws {
        try await browser.press("Account Numbers", in: "Main")
        try await browser.press("Choose the account that each name means")
        try await browser.waitFor("nobody has chosen an account")
        try await people.look()
        try await browser.type("4000 · Rental Income", into: "Rentals")
        try await browser.press("OK")
        try await browser.waitFor("1 name saved.")
        try await people.look()
    }
}
