// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Lengths of time, as people write them")
struct ClockTests {
    @Test(
        "What is understood",
        arguments: [
            ("90", 90), ("90s", 90), ("90m", 5400), ("23h", 82_800), ("101d", 8_726_400), ("2w", 1_209_600),
            ("1d12h", 129_600), ("1h30m5s", 5405), ("0d", 0), ("109500d", 9_460_800_000),
        ])
    func understood(text: String, seconds: Int) async throws {
        #expect(try SandboxDuration(text).duration == .seconds(seconds))
        let caller = SandboxCaller()
        let answer = try await caller.control("clock/advance", "{\"duration\":\"\(text)\"}")
        #expect(try answer.int("epochMilliseconds") == (1_795_000_000 + seconds) * 1000)
    }

    @Test(
        "What is not",
        arguments: ["", "d", "-1d", "1.5d", "1y", "1d 2h", "d1", "1d2", "109501d", "99999999999999999999d", "١d"])
    func refused(text: String) async throws {
        let error = #expect(throws: SandboxError.self) { try SandboxDuration(text) }
        #expect(error?.description.contains("such as 90m or 101d") == true)
        let answer = try await SandboxCaller().control("clock/advance", "{\"duration\":\"\(text)\"}")
        #expect(answer.statusCode == 400)
    }

    @Test("Seconds and a duration at once are refused")
    func both() async throws {
        let answer = try await SandboxCaller().control("clock/advance", "{\"duration\":\"1d\",\"seconds\":1}")
        #expect(answer.statusCode == 400)
        #expect(answer.text.contains("leave one of them out"))
    }
}
