// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

/// Kills in the middle of a refresh, a dead connection, and its end.
extension Plot {
    /// SIGKILL while Intuit has answered a rotating refresh and Daybook has not read it; then once after it has.
    func killInTheMiddle() async throws {
        between.next("/tokens/bearer", .hold)
        try await fixture.sandbox.advanceClock(seconds: 26 * 3_600)
        try await between.untilHeld()
        try hoard.keepCopy(of: data, "before a kill")
        try await end(with: SIGKILL)
        between.release()
        try hoard.keepCopy(of: data, "after a kill")
        try await command(["connection", "show"])
        try await start()
        let before = between.passed.count
        try await fixture.sandbox.advanceClock(seconds: 26 * 3_600)
        try await until("a refresh after the kill") {
            between.passed.dropFirst(before).contains { $0.request.head.path?.contains("/tokens/bearer") == true }
        }
        try await end(with: SIGKILL)
        try hoard.keepCopy(of: data, "after another kill")
        try await start()
    }

    /// Disconnected at Intuit, said on every page, and repaired by a token.
    func dieAndComeBack() async throws {
        _ = try await control("disconnect", #"{"clientId":"\#(app.clientId)","realmId":"\#(realm.realmId)"}"#)
        try await fixture.sandbox.advanceClock(seconds: 26 * 3_600)
        try await until("death is shown") {
            try await fixture.sandbox.advanceClock(seconds: 10)
            return try await status == "broken"
        }
        try await visitEverything()
        try await command(["connection", "show"])
        try await command(["connection", "test"])
        try await repair(with: "the token that repairs")
    }

    /// The Client Secret is changed at Intuit while Daybook has the one before, and entered again.
    func changeTheSecret() async throws {
        let secret = try await rotateSecret(keepPrevious: false)
        try await fixture.sandbox.advanceClock(seconds: 7_200)
        try await browser.post("/connections/1/test")
        try await browser.get("/connections/1")
        try await browser.post(
            "/account-numbers/settings", ["connection": "1", "clientID": app.clientId, "clientSecret": secret])
        try await fixture.sandbox.advanceClock(seconds: 7_200)
        try await browser.post("/connections/1/test")
    }

    func disconnect() async throws {
        try await browser.post("/connections/1/disconnect")
        try await visitEverything()
    }

    /// Every address that can be read, as a person and as a program.
    func visitEverything() async throws {
        for path in try Routes.readable { try await browser.get(path) }
        for path in ["/nothing-here", "/api/v1/nothing-here", "/exports?search=x&state=error"] {
            try await browser.get(path)
        }
    }

    func askEverythingByCommand() async throws {
        for arguments in [
            ["connection", "list"], ["connection", "show"], ["connection", "history", "--most", "1000"],
            ["exports"], ["notify", "list"], ["notify", "log"],
        ] { try await command(arguments) }
    }

    /// The sandbox shows the sample keys that it began with, and no other.
    func keepTheSandboxsWords() throws {
        let words = try fixture.sandboxWords()
        hoard.keep(.output, "intuit-sandbox", words.output)
        hoard.keep(.errors, "intuit-sandbox", words.errors)
    }
}
