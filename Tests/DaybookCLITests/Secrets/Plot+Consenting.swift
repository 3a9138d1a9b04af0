// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

/// **Connect to QuickBooks**, in the browser and by command, and all that can be done wrong on the way back.
extension Plot {
    func connectInTheBrowser(by path: String = "/connections/1/connect") async throws {
        let leaving = try await browser.post(path, ["connection": "1"])
        let text = String(decoding: leaving.body, as: UTF8.self)
        guard let match = text.firstMatch(of: /href="([^"]+state=[0-9a-f]{32}[^"]*)"/),
            let page = URL(string: String(match.1).replacing("&amp;", with: "&"))
        else { throw CommandFailure("no way to Intuit (status \(leaving.statusCode))") }
        let back = try await fixture.sandbox.consent(at: page, realm: realm)
        let answer = Self.pathAndQuery(back)
        if let code = Self.item("code", of: back) { hoard.learn(.code, "of a consent", code) }
        // Another browser, another name of this machine, then the right one, twice.
        try await Browsing(fixture, hoard).get(answer)
        try await browser.get(answer, at: "http://127.0.0.1:\(fixture.listen.port)")
        try await browser.get(answer)
        try await browser.get(answer)
        guard try await status == "connected" else { throw CommandFailure("the consent did not connect") }
    }

    func comeBackWrongly() async throws {
        let callback = "/connection/callback"
        let forged = [
            "?code=\(hoard.plant(.code, "a forged code"))&state=\(hoard.plant(.state, "a forged state"))&realmId=1",
            "?code=\(hoard.plant(.code, "a code without a state"))",
            "?error=access_denied&state=\(hoard.plant(.state, "a denied state"))",
            "?error=\(hoard.plant(.answerText, "an unknown error"))",
            "?error=invalid_scope&error_description=\(hoard.plant(.answerText, "an error's description"))",
        ]
        for query in forged {
            try await browser.get(callback + query)
            let pasted = browser.origin + callback + query
            try await browser.call(.post, "/api/v1/consents/finish", ["redirectedTo": pasted])
            try await command(["connection", "connect"], input: "\(pasted)\n")
        }
        for path in ["/connection/reconnect", "/connection/disconnected"] {
            try await browser.get("\(path)?realmId=\(realm.realmId)&code=\(hoard.plant(.code, "a code at \(path)"))")
        }
    }

    /// Begun and finished by the command; the state is in the address it prints, for the person to open.
    func connectByCommand() async throws {
        let input = Pipe()
        let program = try await RunningProgram.start(
            "daybook", ["connection", "connect"], environment, errors: fixture.folder.appending(path: "connect.err"),
            input: input)
        guard let page = URL(string: program.firstLine), let state = Self.item("state", of: page) else {
            throw CommandFailure("connect said “\(program.firstLine)”")
        }
        hoard.learn(.state, "of a consent by command", state)
        let back = try await fixture.sandbox.consent(at: page, realm: realm)
        if let code = Self.item("code", of: back) { hoard.learn(.code, "of a consent by command", code) }
        try input.fileHandleForWriting.write(contentsOf: Data("\(back.absoluteString)\n".utf8))
        guard await program.ended() == 0 else { throw CommandFailure(try program.errors()) }
        hoard.keep(.output, "daybook connection connect", "\(program.firstLine)\n\(program.allOutput)")
        hoard.keep(.errors, "daybook connection connect", try program.errors())
    }

    /// The API's way, begun and left; its cookie binds it.
    func consentByAPI() async throws {
        try await browser.call(.post, "/api/v1/consents", [:])
    }

    private static func pathAndQuery(_ url: URL) -> String {
        url.path + (url.query(percentEncoded: true).map { "?\($0)" } ?? "")
    }

    private static func item(_ name: String, of url: URL) -> String? {
        URLComponents(url: url, resolvingAgainstBaseURL: false)?.queryItems?.first { $0.name == name }?.value
    }
}
