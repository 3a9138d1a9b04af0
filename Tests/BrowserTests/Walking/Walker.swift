// SPDX-License-Identifier: Apache-2.0
import Testing

/// Somebody with the article in hand: at every step the page is looked at, and photographed if an album is wanted.
struct Walker {
    let browser: Browser
    let situation: ArticleFixture.Situation

    /// Checks the page as it stands, and takes a picture of it if one is wanted.
    ///
    /// - Parameters:
    ///   - picture: Its name in the album; nil for a page that is not worth one.
    ///   - onPhone: Whether it is also photographed as a phone shows it.
    func look(_ picture: String? = nil, onPhone: Bool = false) async throws {
        let faults = try await browser.faults()
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
        // The album shows the way of the article, which uses a Production App.
        guard let picture, situation.app.contains("Production") else { return }
        try await browser.picture(picture)
        if onPhone { try await browser.picture("\(picture)-phone", .phone) }
    }

    /// Signs in where the page asks for it.
    func signIn() async throws {
        try await browser.type(situation.email, into: "Email")
        try await browser.type(situation.password, into: "Password")
        try await browser.press("Sign In", in: "Sign In")
    }

    /// Chooses the company and says yes.
    func consent() async throws {
        try await browser.tick(situation.company)
        try await browser.press("Connect")
    }
}
