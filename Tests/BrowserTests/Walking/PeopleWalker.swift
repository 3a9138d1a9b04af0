// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Testing

/// People who sign in to a Daybook, each in turn at the same browser.
struct PeopleWalker {
    let browser: Browser
    let address: String
    private let password = "gravel boom tuesday"

    /// Checks that the page as it stands has no fault, and that axe finds none.
    func look() async throws {
        let faults = try await browser.faults() + browser.violations()
        #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
    }

    /// Chooses a password by a link; the first administrator chooses a name too.
    func use(_ link: String, name: String? = nil) async throws {
        try await browser.open(link)
        try await browser.waitFor("Choose a password")
        try await look()
        if let name { try await browser.type(name, into: "Name") }
        try await browser.type(password, into: "Password")
        try await browser.type(password, into: "The same again")
        try await browser.press("Choose this password")
    }

    /// - Returns: A recovery code.
    func setUpAuthenticator(at now: () async throws -> Date) async throws -> String {
        try await browser.waitFor("You need an authenticator app before anything else.")
        try await look()
        let text = try await browser.now("return document.querySelector('input[name=seed]').value;").text ?? ""
        let seed = try #require(AuthenticatorSeed.bytes(text))
        let step = OneTimeCode.step(at: try await now())
        let code = OneTimeCode(mac: SystemMessageAuthentication()).code(seed: seed, step: step)
        try await browser.type(code, into: "Code")
        try await browser.press("Confirm")
        try await browser.waitFor("Recovery codes")
        try await look()
        let recovery = try await browser.now("return document.querySelector('.codes code').textContent;").text
        try await browser.press("I have kept them")
        try await browser.waitFor("Accounting Export Queue")
        return try #require(recovery)
    }

    /// - Returns: The link for the person.
    func invite(_ name: String, _ role: String, store: String? = nil) async throws -> String {
        try await browser.press("People")
        try await browser.waitFor("Add somebody")
        try await look()
        try await browser.type(name, into: "Name")
        try await browser.choose(role, from: "Role")
        if let store { try await browser.choose(store, from: "Store") }
        try await browser.press("Add")
        try await browser.waitFor("The link for \(name)")
        try await look()
        return try await shown()
    }

    /// - Returns: The key.
    func makeKey(_ name: String, for scope: String) async throws -> String {
        try await browser.press("Keys")
        try await browser.waitFor("Make a key")
        try await look()
        try await browser.type(name, into: "Name")
        try await browser.tick(scope)
        try await browser.press("Make the key")
        try await browser.waitFor("The new key")
        try await look()
        return try await shown()
    }

    /// What is shown once, to be copied.
    private func shown() async throws -> String {
        try #require(try await browser.now("return document.querySelector('[data-copy]').value;").text)
    }

    func signOut() async throws {
        try await browser.press("Sign out")
        try await browser.waitFor("You have signed out.")
        try await look()
    }

    /// Without a mouse.
    func signInByKeyboard(_ name: String, code: String) async throws {
        try await browser.open("\(address)/sign-in")
        try await browser.waitFor("Leave it empty if you have no app.")
        try await browser.tab(to: "Name")
        try await browser.key(name)
        try await browser.tab(to: "Password")
        try await browser.key(password)
        try await browser.tab(to: "Code")
        try await browser.key(code)
        try await browser.pressEnter()
        try await browser.waitFor("Accounting Export Queue")
    }

    /// The cells of the queue under a heading.
    func cells(_ heading: String) async throws -> [String] {
        try await browser.now(
            "return [...document.querySelectorAll(`td[data-label=\"${arguments[0]}\"]`)].map((one) => clean(one.textContent));",
            [.text(heading)]
        ).items.compactMap(\.text)
    }
}
