// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTypes

/// Headless Chromium with a profile of its own, which knows no network but this machine.
final class Browser: Sendable {
    /// How wide the window is, in CSS pixels.
    enum Width: Int, Sendable {
        case desk = 1280
        case phone = 390
    }

    private let driver: WebDriver
    private let session: String

    /// Opens a browser, lends it, and closes it whatever happened.
    static func with(_ folder: URL, _ body: (Browser) async throws -> Void) async throws {
        let driver = try await WebDriver(folder: folder)
        do {
            let browser = try await Browser(driver, profile: folder.appending(path: "profile"))
            do {
                try await body(browser)
            } catch {
                try await browser.close()
                throw error
            }
            try await browser.close()
        } catch {
            try await driver.stop()
            throw error
        }
        try await driver.stop()
    }

    private init(_ driver: WebDriver, profile: URL) async throws {
        self.driver = driver
        let created = try await driver.call(.post, "/session", Self.capabilities(profile))
        guard let session = created["sessionId"]?.text else {
            throw WebDriverRefusal(error: "session not created", message: "no sessionId in the answer")
        }
        self.session = session
        try await show(.desk)
    }

    private func close() async throws { try await driver.call(.delete, "/session/\(session)") }

    private static func capabilities(_ profile: URL) -> WireValue {
        let options: WireValue = [
            "args": .list(
                [
                    "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
                    "--window-size=1280,1000", "--lang=en-US", "--user-data-dir=\(profile.path)",
                    "--no-first-run", "--disable-background-networking", "--disable-component-update",
                    "--disable-sync", "--disable-extensions", "--no-proxy-server", "--hide-scrollbars",
                    "--enable-logging",
                    // Nothing outside this machine has an address.
                    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
                ].map { .text($0) })
        ]
        return [
            "capabilities": [
                "alwaysMatch": [
                    "browserName": "chrome", "unhandledPromptBehavior": "ignore",
                    "timeouts": ["script": 60_000, "pageLoad": 60_000, "implicit": 0],
                    "goog:chromeOptions": options, "goog:loggingPrefs": ["browser": "ALL"],
                ]
            ]
        ]
    }

    @discardableResult
    func get(_ path: String) async throws -> WireValue { try await driver.call(.get, "/session/\(session)/\(path)") }

    @discardableResult
    func post(_ path: String, _ parameters: WireValue = [:]) async throws -> WireValue {
        try await driver.call(.post, "/session/\(session)/\(path)", parameters)
    }

    /// One command of Chromium's own protocol.
    @discardableResult
    func chromium(_ command: String, _ parameters: WireValue) async throws -> WireValue {
        try await post("goog/cdp/execute", ["cmd": .text(command), "params": parameters])
    }

    /// Types an address.
    func open(_ address: String) async throws { try await post("url", ["url": .text(address)]) }

    /// The address in the address line.
    func address() async throws -> String { try await get("url").text ?? "" }

    /// Makes the window this wide.
    ///
    /// Chromium's own windows are never narrower than 500 pixels; the emulation is.
    func show(_ width: Width, height: Int = 1000) async throws {
        try await chromium(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .number(Double(width.rawValue)), "height": .number(Double(height)), "deviceScaleFactor": 1,
                "mobile": false,
            ])
    }

    /// Says OK to a question of the browser's own.
    func acceptDialog() async throws { try await post("alert/accept") }

    /// What the page complained about in the console since the last time somebody asked.
    func consoleErrors() async throws -> [String] {
        try await post("se/log", ["type": "browser"]).items
            .filter { $0["level"]?.text == "SEVERE" }.map { $0["message"]?.text ?? "" }
    }
}
