import Testing
@testable import Daybook
@Suite("temp") struct TempTests {
    @Test("p") func p() {
        let t = SampleTrade(seed: 1, days: 7, start: day("2026-11-02"))
        print("TMP counts", t.days().map(\.count), t.transactions().count)
        var kinds: [String: Int] = [:]
        for x in t.transactions() { kinds[x.event.kind.rawValue, default: 0] += 1 }
        print("TMP", kinds)
        let lines = t.ndjson().split(separator: "\n")
        for i in stride(from: 0, to: lines.count, by: 45) { print("TMP", lines[i]) }
        let c = ContinuousClock()
        print("TMP gen", c.measure { _ = SampleTrade(seed: 1, count: 10_000).transactions() })
        let big = SampleTrade(seed: 1, count: 3_000)
        let text = big.ndjson(), csv = big.csv()
        print("TMP ndjson", c.measure { _ = IntakeFile(text, .ndjson) }, "csv", c.measure { _ = IntakeFile(csv, .csv) })
        let crlf = text.replacing("\n", with: "\r\n")
        print("TMP crlf", c.measure { _ = IntakeFile(crlf, .ndjson) })
    }
}
