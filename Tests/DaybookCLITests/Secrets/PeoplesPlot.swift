// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Daybook
@testable import DaybookCLI
import DaybookStorage
import Foundation
import HTTPTransport
import HTTPTypes

/// People and programs at a real server, at the most talkative log level: they sign up, in and out, rightly and wrongly.
final class PeoplesPlot {
    static let person = "visible-control-pat-7f3a91c2"

    let fixture: ServerFixture
    let hoard = Hoard()
    let browser: Browsing
    private var serving: RunningProgram?
    private var starts = 0

    init(_ fixture: ServerFixture, _ client: HTTPClient) {
        self.fixture = fixture
        browser = Browsing(AsyncHTTPTransport(client: client), port: fixture.port, hoard)
        browser.firstForm = "/sign-in"
        hoard.learn(.control, "a person's name", Self.person)
        hoard.learn(.control, "the folder's name", fixture.folder.lastPathComponent)
    }

    /// - Returns: The secret of the first administrator's link, when there is one.
    @discardableResult
    func start(first: Bool = false) async throws -> Secret? {
        starts += 1
        let running = try await RunningProgram.start(
            "daybook", ["serve"], fixture.environment.merging(["DAYBOOK_LOG_LEVEL": "trace"]) { $1 },
            errors: fixture.folder.appending(path: "serve-\(starts).err"))
        serving = running
        guard first, let line = await running.nextLine() else { return nil }
        hoard.learnPeoples(from: line, "the first link")
        return fixture.secret(in: line)
    }

    func stop() async throws {
        guard let running = serving else { return }
        _ = await running.end(with: SIGTERM)
        hoard.keep(.output, "daybook serve", "\(running.firstLine)\n\(running.allOutput)")
        hoard.keep(.errors, "daybook serve", try running.errors())
        serving = nil
    }

    @discardableResult
    func command(_ arguments: [String]) async throws -> FinishedCommand {
        let environment = fixture.environment.merging(["DAYBOOK_LOG_LEVEL": "trace"]) { $1 }
        let finished = try await FinishedCommand.daybook(arguments, environment, input: "")
        let name = "daybook " + arguments.joined(separator: " ")
        hoard.learnPeoples(from: finished.output, name)
        hoard.keep(.output, name, finished.output)
        hoard.keep(.errors, name, finished.errors)
        return finished
    }

    /// Everything that was learned of a kind, such as the recovery codes that a page has shown.
    func known(_ kind: Canary.Kind) -> [String] {
        hoard.canaries.values.filter { $0.kind == kind }.map(\.value).sorted()
    }

    func signUp(_ link: Secret, as name: String) async throws -> String {
        for wrong in 1...3 { try await browser.get("/link/\(hoard.plant(.link, "a wrong link \(wrong)"))") }
        try await browser.get("/link/\(link.reveal())")
        try await browser.get("/link")
        let (one, other) = (hoard.plant(.password, "one of two"), hoard.plant(.password, "the other of two"))
        try await browser.post("/link", ["name": name, "password": one, "repeated": other])
        let long = hoard.plant(.password, "a password that is too long") + String(repeating: " a", count: 128)
        try await browser.post("/link", ["name": name, "password": long, "repeated": long])
        let odd = hoard.plant(.password, "a password as a name")
        try await browser.post("/link", ["name": "<\(odd)>", "password": one, "repeated": one])
        let password = hoard.plant(.password, "the password of \(name)")
        try await browser.post("/link", ["name": name, "password": password, "repeated": password])
        return password
    }

    /// - Returns: The recovery codes.
    func setUpApp() async throws -> [String] {
        let address = "/account/authenticator"
        for _ in 0..<2 { try await browser.get(address) }
        let foreign = hoard.plant(.seed, "a seed that nobody showed")
        try await browser.post(address, ["seed": foreign, "code": "1"])
        try await browser.post(address, ["seed": hoard.plant(.password, "a password as a seed"), "code": "1"])
        try await browser.post(
            address, ["seed": foreign, "code": hoard.plant(.recoveryCode, "a recovery code for a new app")])
        let bytes = AuthenticatorSeed.bytes(foreign) ?? []
        let code = OneTimeCode(mac: SystemMessageAuthentication()).code(
            seed: bytes, step: OneTimeCode.step(at: Date()))
        let before = Set(known(.recoveryCode))
        try await browser.post(address, ["seed": foreign, "code": code])
        return known(.recoveryCode).filter { !before.contains($0) }
    }

    /// All that somebody types into the wrong field, or wrongly.
    func signInWrongly() async throws {
        for number in 1...3 {
            let password = hoard.plant(.password, "a wrong password \(number)")
            try await browser.post("/sign-in", ["name": "nobody-\(number)", "password": password])
            let name = hoard.plant(.password, "a password as a name \(number)")
            try await browser.post("/sign-in", ["name": name, "password": password])
        }
        let code = hoard.plant(.password, "a password as a code")
        try await browser.post("/sign-in", ["name": Self.person, "password": "-", "code": code])
        let spent = hoard.plant(.recoveryCode, "a wrong recovery code")
        try await browser.post("/sign-in", ["name": Self.person, "password": "-", "code": spent])
        let next = hoard.plant(.password, "a password in next")
        try await browser.post("/sign-in", ["name": "nobody", "password": "-", "next": "//\(next)/"])
        browser.carry("daybook_session", hoard.plant(.session, "a session nobody began"))
        try await browser.get("/exports")
    }

    func callWrongly() async throws {
        for number in 1...4 {
            let key = hoard.plant(.apiKey, "a wrong key \(number)")
            for scheme in ["Bearer", "Basic", "bearer daybook", "DaybookFolder"] {
                try await browser.call(.post, "/api/v1/transactions", [:], authorization: "\(scheme) \(key)")
            }
        }
        let key = hoard.plant(.apiKey, "a key without its scheme")
        try await browser.call(.put, "/api/v1/account-numbers", [:], authorization: key)
        try await browser.call(.post, "/api/v1/transactions", ["key": hoard.plant(.apiKey, "a key in a body")])
    }
}
