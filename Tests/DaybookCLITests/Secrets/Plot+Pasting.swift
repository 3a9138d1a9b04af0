// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

/// What people type and paste, right and wrong, before the server runs.
extension Plot {
    func pasteByCommand() async throws {
        let first = try await rotateSecret(keepPrevious: true)
        let secret = try await rotateSecret(keepPrevious: true)
        let keys = ["--client-id", app.clientId, "--realm-id", realm.realmId]
        let bad = hoard.plant(.refreshToken, "a bad token by command")
        try await command(["connection", "set-token"] + keys, input: "\(bad)\n\n\(first)\n")
        let wrong = hoard.plant(.clientSecret, "a wrong secret by command")
        let spare = try await mint("a token with a wrong secret")
        try await command(["connection", "set-token"] + keys, input: "\(spare)\n\n\(wrong)\n")
        let good = try await mint("the first token")
        let set = try await command(["connection", "set-token"] + keys, input: "\(good)\n\n\(secret)\n")
        guard set.output.contains("Confirm") else { throw CommandFailure("set-token: \(set.output)\(set.errors)") }
        try await command(["connection", "confirm", "--realm-id", realm.realmId])
        try await misPasteByCommand()
    }

    private func misPasteByCommand() async throws {
        let argument = hoard.plant(.refreshToken, "a token as an argument of set-token")
        try await command(["connection", "set-token", argument])
        try await command(["connection", "connect", hoard.plant(.refreshToken, "a token as an argument of connect")])
        let secret = hoard.plant(.clientSecret, "a secret with a token as Client ID")
        try await command(
            ["connection", "set-token", "--client-id", hoard.plant(.refreshToken, "a token as --client-id")],
            input: "\(hoard.plant(.refreshToken, "a token beside it"))\n\n\(secret)\n")
        try await command(
            ["connection", "set-token", "--realm-id", hoard.plant(.clientSecret, "a secret as --realm-id")],
            input: "\(hoard.plant(.refreshToken, "a token with a secret as realm"))\n")
        try await command(
            ["connection", "set-token"], input: "\(hoard.plant(.accessToken, "an access token as refresh token"))\n")
        try await command(
            ["connection", "set-token"], input: " \(hoard.plant(.code, "a code as refresh token"))  \n")
        try await command(["notify", "add", "email", hoard.plant(.refreshToken, "a token as mail address")])
        try await command(
            ["notify", "add", "webhook", "-"], input: "\(hoard.plant(.refreshToken, "a token as webhook address"))\n")
        let userinfo = hoard.plant(.webhookAddress, "a webhook's password")
        try await command(["notify", "add", "webhook", "-"], input: "https://pat:\(userinfo)@hooks.example.com/\n")
        let plain = hoard.plant(.webhookAddress, "a webhook's path over plain http")
        try await command(["notify", "add", "webhook", "-"], input: "http://hooks.example.com/\(plain)\n")
        let hook = hoard.plant(.webhookAddress, "a webhook's path")
        try await command(["notify", "add", "webhook", "-"], input: "\(between.address)/hooks/\(hook)\n")
    }

    /// The Settings window, with every field in every wrong place.
    func pasteIntoPages() async throws {
        let fields: [(name: String, kind: Canary.Kind)] = [
            ("clientID", .refreshToken), ("clientID", .clientSecret), ("clientID", .accessToken),
            ("clientSecret", .clientSecret), ("clientSecret", .refreshToken), ("realmID", .clientSecret),
            ("realmID", .refreshToken), ("refreshToken", .refreshToken), ("refreshToken", .accessToken),
            ("refreshToken", .code), ("environment", .refreshToken), ("form-token", .formToken),
        ]
        for (name, kind) in fields {
            var form = ["connection": "1", "refreshToken": hoard.plant(.refreshToken, "beside a \(kind) as \(name)")]
            form[name] = hoard.plant(kind, "a \(kind) as \(name) on the page")
            try await browser.post("/account-numbers/settings", form)
            form["refreshToken"] = ""
            try await browser.post("/account-numbers/settings", form)
            try await browser.post("/account-numbers/settings/connect", form)
        }
        let token = try await mint("a good token on the page")
        let secret = try await rotateSecret(keepPrevious: true)
        try await browser.post(
            "/account-numbers/settings", ["connection": "1", "clientID": app.clientId, "clientSecret": secret])
        try await browser.post(
            "/account-numbers/settings",
            ["connection": "1", "refreshToken": " \(token.prefix(20))\n\(token.dropFirst(20))"])
    }

    /// The same through the API, and names of members where values belong.
    func pasteIntoTheAPI() async throws {
        let members: [(name: String, kind: Canary.Kind)] = [
            ("clientId", .refreshToken), ("clientId", .clientSecret), ("clientSecret", .clientSecret),
            ("realmId", .clientSecret), ("refreshToken", .refreshToken), ("environment", .refreshToken),
        ]
        for (name, kind) in members {
            for path in [
                "/api/v1/connections/1/settings", "/api/v1/connections/new/settings", "/api/v1/connection/settings",
            ] {
                var body = ["refreshToken": hoard.plant(.refreshToken, "beside a \(kind) as \(name) at \(path)")]
                body[name] = hoard.plant(kind, "a \(kind) as \(name) at \(path)")
                try await browser.call(.put, path, body)
            }
        }
        try await browser.call(.put, "/api/v1/app", ["clientId": hoard.plant(.refreshToken, "a token as an app's id")])
        let member = hoard.plant(.refreshToken, "a token as a member's name")
        try await browser.call(.put, "/api/v1/connections/1/settings", [member: "1"])
        let broken = hoard.plant(.refreshToken, "a token in broken JSON")
        try await browser.call(
            .put, "/api/v1/connections/1/settings", [:], raw: #"{"refreshToken": \#(broken)"#)
        try await browser.call(
            .post, "/api/v1/connections/1/confirm", ["realmId": hoard.plant(.clientSecret, "a secret as a company")])
        try await browser.call(
            .post, "/api/v1/consents",
            ["environment": "custom", "clientId": hoard.plant(.refreshToken, "a token as a consent's app")])
        for kind in ["email", "webhook", hoard.plant(.clientSecret, "a secret as a kind of notifier")] {
            let address = hoard.plant(.refreshToken, "a token as address of \(kind.prefix(7)) by API")
            try await browser.call(.post, "/api/v1/notifiers", ["kind": kind, "address": address])
        }
        let field = hoard.plant(.refreshToken, "a token as an amount")
        try await browser.call(
            .post, "/api/v1/transactions", [:], raw: Fixtures.json.replacing(#""88.00""#, with: "\"\(field)\""))
    }
}
