// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A real Chromium drives the real programs, and finds everything by the words on the pages alone.
@Suite(
    "A dead connection is brought back in a browser", .serialized, .timeLimit(.minutes(15)),
    .enabled(if: Installed.mayRun, "\(Installed.reasonForSkipping)"))
struct ArticleTests {
    @Test(
        "the article's nine steps at Intuit and its four in Daybook: all is exported exactly once",
        arguments: ["development", "production"])
    func byHand(keys: String) async throws {
        try await walk(keys) { walker, fixture in
            let token = try await walker.getRefreshToken()
            try await walker.enter(token)
            try await walker.resetErrorsInTheQueue()
            try await expectAllExportedOnce(fixture, walker)
        }
    }

    @Test(
        "one button: what waited goes out by itself, oldest first; the rest by one reset for all",
        arguments: ["development", "production"])
    func byButton(keys: String) async throws {
        try await walk(keys) { walker, fixture in
            let waiting = try await fixture.exports()["pending", default: []]
            try await walker.pressTheButton()
            let exports = try await fixture.untilExported(fixture.situation.exported + fixture.situation.waiting)
            #expect(exports["pending", default: []].isEmpty)
            #expect(exports["error", default: []].count == fixture.situation.errors, "nothing in Error was reset yet")
            // The queue shows the newest first; QuickBooks was to be sent the oldest first.
            #expect(try await fixture.bookedOrder().filter(waiting.contains) == waiting.reversed())
            try await walker.resetErrorsOnTheConnection()
            try await expectAllExportedOnce(fixture, walker)
        }
    }

    private func walk(_ keys: String, _ body: (Walker, ArticleFixture) async throws -> Void) async throws {
        try await withFolder { folder in
            try await ArticleFixture.with(folder, keys: keys) { fixture in
                #expect(fixture.situation.waiting == 40)
                #expect(fixture.situation.errors == 10)
                #expect(fixture.situation.app.contains(keys == "production" ? "(Production)" : "(Development)"))
                try await Browser.with(folder) { browser in
                    let walker = Walker(browser: browser, situation: fixture.situation)
                    try await walker.signInToDaybook(at: fixture.now)
                    try await body(walker, fixture)
                }
            }
        }
    }

    /// Asked of the books themselves, not of Daybook.
    private func expectAllExportedOnce(_ fixture: ArticleFixture, _ walker: Walker) async throws {
        let situation = fixture.situation
        let all = situation.exported + situation.waiting + situation.errors
        let exports = try await fixture.untilExported(all)
        #expect(exports.mapValues(\.count) == ["exported": all])
        let books = try await fixture.books()
        #expect(Set(books.keys) == Set(exports["exported", default: []]))
        #expect(books.values.allSatisfy { $0 == 1 }, "a document stands twice: \(books.filter { $0.value != 1 })")
        try await walker.seeAllExported(all)
    }
}
