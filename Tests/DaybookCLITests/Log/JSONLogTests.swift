// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import Foundation
import Logging
import Synchronization
import Testing

@Suite("The log as JSON")
struct JSONLogTests {
    private final class Lines: Sendable {
        private let kept = Mutex<[String]>([])
        var all: [String] { kept.withLock { $0 } }
        func add(_ line: String) { kept.withLock { $0.append(line) } }
    }

    private func lines(_ body: (Logger) -> Void) -> [String] {
        let lines = Lines()
        let logger = Logger(label: "daybook") {
            JSONLog(label: $0, metadataProvider: .request) { lines.add($0) }
        }
        body(logger)
        return lines.all
    }

    private func object(_ line: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }

    @Test("has an object in each line: time in UTC to the millisecond, level, logger and message, then the values")
    func form() throws {
        let line = JSONLogLine(
            at: Date(timeIntervalSince1970: 1_795_000_000.0625), level: .warning, label: "daybook",
            message: "looked up", values: ["found": "1", "documents": "3"]
        ).text
        #expect(
            line == #"{"time":"2026-11-18T11:06:40.062Z","level":"warning","logger":"daybook","#
                + #""message":"looked up","documents":"3","found":"1"}"#)
    }

    @Test("has the number of the request that the task answers, and none otherwise")
    func request() throws {
        let lines = lines { logger in
            RequestNumber.$current.withValue(RequestNumber(given: "click-17")) { logger.info("done") }
            logger.info("done")
        }
        #expect(lines.count == 2)
        #expect(try object(lines[0])["request"] as? String == "click-17")
        #expect(try object(lines[1])["request"] == nil)
    }

    @Test("stays one line whatever a value holds, and what is read is what was written")
    func escaping() throws {
        let texts = [
            "a\nb\r\nc\td", "\"},{\"level\":\"critical", "back\\slash", "\u{1B}[31m\u{7}\u{0}",
            "\u{85}\u{2028}\u{2029}",
            "Zo\u{EB} \u{1F69C}", "",
        ]
        for text in texts {
            let lines = lines { $0.info("\(text)", metadata: ["value": "\(text)", "\(text)x": "1"]) }
            #expect(lines.count == 1)
            let line = try #require(lines.first)
            #expect(!line.unicodeScalars.contains { LogLines.isBreaking($0) }, "\(line)")
            let object = try object(line)
            #expect(object["message"] as? String == text && object["value"] as? String == text)
            #expect(object["\(text)x"] as? String == "1" && object["level"] as? String == "info")
        }
    }

    @Test("lets no value take the place of a standard member")
    func reserved() throws {
        let lines = lines { $0.info("real", metadata: ["message": "forged", "level": "none", "time": "never"]) }
        let object = try object(try #require(lines.first))
        #expect(object["message"] as? String == "real" && object["level"] as? String == "info")
        #expect(object["value_message"] as? String == "forged" && object["value_time"] as? String == "never")
    }

    @Test("keeps lists and groups of values as such")
    func nested() throws {
        let lines = lines {
            $0.info("x", metadata: ["list": ["a", "b\n"], "group": ["b": .stringConvertible(2), "a": "1"]])
        }
        let object = try object(try #require(lines.first))
        #expect(object["list"] as? [String] == ["a", "b\n"])
        #expect(object["group"] as? [String: String] == ["a": "1", "b": "2"])
    }

    @Test("says of a secret that it is redacted, in whatever way it gets into a value")
    func secrets() throws {
        struct Carrier: Error { let token: Secret }
        let secret = Secret("AB11733canary")
        let lines = lines {
            $0.info(
                "token \(secret)",
                metadata: [
                    "plain": "\(secret)", "value": .stringConvertible(secret), "list": [.stringConvertible(secret)],
                    "group": ["token": .stringConvertible(secret)], "reason": "\(Carrier(token: secret))",
                    "reflected": "\(String(reflecting: Carrier(token: secret)))",
                ])
        }
        let line = try #require(lines.first)
        #expect(!line.contains("canary") && line.contains("redacted"))
        #expect(try object(line)["value"] as? String == "redacted")
    }

    @Test("and as lines have the same number")
    func asLines() {
        let given = RequestNumber.$current.withValue(RequestNumber(given: "n-1")) {
            Logger.MetadataProvider.request.get()
        }
        #expect(given == ["request": "n-1"])
        #expect(Logger.MetadataProvider.request.get().isEmpty)
    }
}
