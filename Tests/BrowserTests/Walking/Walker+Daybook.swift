// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Testing

/// "Enter the new refresh token": the article's four steps in Daybook, and what to do about Error.
extension Walker {
    /// As the sample administrator that the demo has made.
    ///
    /// - Parameter now: Is asked when all else is typed: a code is good for half a minute, and a busy machine types slowly.
    func signInToDaybook(at now: () async throws -> Date) async throws {
        let (queue, ended) = ("Accounting Export Queue", "That code has just ended")
        repeat {
            try await browser.open(situation.daybook)
            try await browser.waitFor("Leave it empty if you have no app.")
            try await look()
            try await typeSignIn(at: now)
            guard try await browser.waitFor(either: queue, or: ended) == ended else { return }
            // Told that the code has just ended, a person types the present one. The browser notes the refusal, 401, as
            // an error.
            _ = try await browser.consoleErrors()
        } while true
    }

    private func typeSignIn(at now: () async throws -> Date) async throws {
        let administrator = situation.administrator
        let seed = try #require(AuthenticatorSeed.bytes(administrator.seed))
        try await browser.type(administrator.name, into: "Name")
        try await browser.type(administrator.password, into: "Password")
        let step = OneTimeCode.step(at: try await now())
        let code = OneTimeCode(mac: SystemMessageAuthentication()).code(seed: seed, step: step)
        try await browser.type(code, into: "Code")
        try await browser.press("Sign in", in: "Sign in")
    }

    /// Steps 1 to 3.
    func enter(_ refreshToken: String) async throws {
        try await browser.open(situation.daybook)
        try await browser.waitFor("Accounting Export Queue")
        try await look("10-broken", onPhone: true)
        for place in ["Configuration", "Core Options", "App Configuration", "Accounting Configuration"] {
            try await browser.press(place)
        }
        try await look("11-configuration")
        try await browser.press("Account Numbers")
        try await browser.press("1 ·", in: "Log in to store")
        try await browser.waitFor("Store 1 holds the numbers of all stores")
        try await browser.turn(to: "Miscellaneous")
        try await look("11-account-numbers")
        #expect(try await browser.chosen(from: "Export format") == "API – QuickBooks Online")
        try await browser.press("Settings", in: "Miscellaneous")
        try await browser.waitFor("Connect to QuickBooks")
        try await browser.type(refreshToken, into: "Refresh token")
        try await look("12-settings", onPhone: true)
        try await browser.press("OK")
        try await browser.waitFor("Your integration is restored")
        try await browser.waitFor(situation.company)
        try await look("13-restored")
    }

    /// Step 4.
    func resetErrorsInTheQueue() async throws {
        try await browser.press("Export Queue", in: "Main")
        try await browser.press("Error", in: "Status")
        try await browser.waitFor("Reset for export: all \(situation.errors) in Error")
        try await look("14-errors")
        try await browser.press("Select all on this page")
        try await browser.press("Reset for export")
        try await browser.waitFor("\(situation.errors) exports reset for export")
        try await look()
    }

    /// The queue when all is done.
    func seeAllExported(_ count: Int) async throws {
        try await browser.press("Export Queue", in: "Main")
        try await browser.press("Exported", in: "Status")
        try await browser.waitFor("Exported \(count)")
        try await look("15-exported", onPhone: true)
    }
}
