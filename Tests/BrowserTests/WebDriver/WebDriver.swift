// SPDX-License-Identifier: Apache-2.0
import AsyncHTTPClient
import Foundation
import HTTPTransport
import HTTPTypes

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A running chromedriver, and W3C WebDriver's way of talking to it.
///
/// Source: https://www.w3.org/TR/webdriver2/
final class WebDriver: Sendable {
    private let process: BackgroundProgram
    private let client: HTTPClient
    private let transport: AsyncHTTPTransport
    private let address: String

    /// Starts chromedriver on a port of its own choosing.
    ///
    /// - Parameter folder: Gets the file with its standard error.
    init(folder: URL) async throws {
        guard let program = Installed.chromedriver, Installed.chromium != nil else {
            throw Installed.Missing(name: "chromium or chromedriver", places: ["PATH"])
        }
        let started = try await Self.start(program, errors: folder.appending(path: "chromedriver.err"))
        process = started.0
        address = "http://127.0.0.1:\(started.1)"
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: AsyncHTTPTransport.configuration())
        transport = AsyncHTTPTransport(client: client)
    }

    /// Closes its browsers and ends it.
    ///
    /// A child of a test may not get SIGTERM: a signal that is blocked in the parent's thread is blocked in the child.
    func stop() async throws {
        do { try await call(.get, "/shutdown") } catch is TransportError {}  // it ends before it has answered
        await process.end(with: SIGKILL)
        try await client.shutdown()
    }

    /// One command.
    ///
    /// - Returns: Its value.
    /// - Throws: ``WebDriverRefusal`` when the browser says no.
    @discardableResult
    func call(
        _ method: HTTPRequest.Method, _ path: String, _ parameters: WireValue = [:]
    ) async throws -> WireValue {
        guard let url = URL(string: address + path) else { throw WebDriverRefusal(error: "no path", message: path) }
        var head = HTTPRequest(method: method, url: url)
        head.headerFields[.contentType] = "application/json; charset=utf-8"
        let body = method == .post ? [UInt8](try JSONEncoder().encode(parameters)) : []
        let answer = try await transport.send(TransportRequest(head: head, body: body), deadline: .seconds(90))
        let value = try JSONDecoder().decode(WireValue.self, from: Data(answer.body))["value"] ?? .null
        if let error = value["error"]?.text {
            throw WebDriverRefusal(error: error, message: value["message"]?.text ?? "")
        }
        guard answer.statusCode == 200 else {
            throw WebDriverRefusal(error: "status \(answer.statusCode)", message: "")
        }
        return value
    }

    /// Begins again when the port was taken.
    ///
    /// chromedriver lets the system pick a port for one of its two loopback addresses and then asks for the same port at
    /// the other one, where another program of these tests may have it.
    private static func start(_ program: URL, errors: URL) async throws -> (BackgroundProgram, Int) {
        var attempt = 0
        while true {
            attempt += 1
            do {
                return try await BackgroundProgram.start(program, ["--port=0"], errors: errors, until: port)
            } catch let failure as BackgroundProgram.NeverReady {
                guard attempt < 8, failure.errors.contains("Address already in use") else { throw failure }
            }
        }
    }

    /// "ChromeDriver was started successfully on port 40923."
    private static func port(_ line: String) -> Int? {
        let opening = "ChromeDriver was started successfully on port "
        guard line.hasPrefix(opening) else { return nil }
        return Int(line.dropFirst(opening.count).prefix(while: \.isNumber))
    }
}

/// The browser could not do it.
struct WebDriverRefusal: Error, CustomStringConvertible {
    /// W3C's word, such as `no such element`.
    let error: String
    let message: String

    var description: String { "\(error): \(message.split(separator: "\n").first ?? "")" }

    /// A page that is just being left or loaded answers like this; the next look finds the new one.
    var isPassing: Bool {
        let passing = [
            "stale element reference", "javascript error", "script timeout", "no such execution context",
            "element not interactable", "element click intercepted", "no such window", "no such element",
        ]
        return passing.contains(error) || message.contains("navigation") || message.contains("aborted")
            || message.contains("execution context")
    }
}
