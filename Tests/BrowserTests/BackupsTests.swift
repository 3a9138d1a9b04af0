// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite(
    "Backups, by the page", .serialized, .timeLimit(.minutes(15)),
    .enabled(if: Installed.mayRun, "\(Installed.reasonForSkipping)"))
struct BackupsTests {
    @Test(
        "an administrator backs up and restores; what was posted in between is found in the books, once; no page has a fault"
    )
    func restored() async throws {
        try await withFolder { folder in
            try await ArticleFixture.with(folder, keys: "development") { fixture in
                try await Browser.with(folder) { browser in
                    let walker = Walker(browser: browser, situation: fixture.situation)
                    let people = PeopleWalker(browser: browser, address: fixture.situation.daybook)
                    try await walker.signInToDaybook(at: fixture.now)
                    try await backUp(browser, people)
                    try await walker.pressTheButton()
                    let count = fixture.situation.exported + fixture.situation.waiting
                    _ = try await fixture.untilExported(count)
                    try await restore(browser, people)
                    let away = try await browser.consoleErrors()
                    #expect(away.allSatisfy { $0.contains("/health/live") }, "while Daybook was away: \(away)")
                    // The present code was used already, before the backup.
                    try await fixture.waitForAnotherCode()
                    try await walker.signInToDaybook(at: fixture.now)
                    try await browser.waitFor("This Daybook runs on a restored copy of its data")
                    #expect(try await fixture.untilExported(count)["exported"]?.count == count)
                    let books = try await fixture.books()
                    #expect(books.count == count && books.values.allSatisfy { $0 == 1 })
                    try await browser.press("Backups")
                    try await browser.waitFor("was restored")
                    try await browser.waitFor("is kept in the data folder, as daybook.db.before-")
                    try await people.look()
                }
            }
        }
    }

    private func backUp(_ browser: Browser, _ people: PeopleWalker) async throws {
        try await browser.press("Backups")
        try await browser.waitFor("What is not in a backup")
        try await people.look()
        try await waitForRest(browser)
        try await browser.press("Back up now")
        try await browser.waitFor("somebody who asked")
        try await browser.waitFor("checked when it was made")
        try await people.look()
    }

    /// While a backup is under way the page replaces itself, and a press between two of its states would meet no button.
    private func waitForRest(_ browser: Browser) async throws {
        let isFollowing = "return document.getElementById('backup-work')?.hasAttribute('data-reload') === true;"
        let end = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < end, try await browser.now(isFollowing).isTrue {}
    }

    private func restore(_ browser: Browser, _ people: PeopleWalker) async throws {
        try await browser.press("Backups")
        // The newest, which is the first of the list.
        try await browser.press("Restore")
        try await browser.waitFor("I know what is lost")
        try await people.look()
        try await browser.tick("I know what is lost")
        try await browser.press("Restore")
        // It goes on by itself, once Daybook is back and has nobody signed in.
        try await browser.waitFor("Leave it empty if you have no app.")
    }
}
