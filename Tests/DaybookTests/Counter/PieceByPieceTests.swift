// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Intake from bytes that come in pieces")
struct PieceByPieceTests {
    private static let transactions = SampleTrade(seed: 5, count: 80).transactions()

    private static func text(_ format: IntakeFile.Format) -> String {
        switch format {
        case .json: "[\(transactions.map { $0.canonicalText() }.joined(separator: " ,\r\n"))]"
        case .ndjson: transactions.map { $0.canonicalText() + "\r\n" }.joined()
        case .csv: CSVWriting.header + transactions.map(CSVWriting.text).joined()
        case .iif: preconditionFailure("IIFTests cut ledgers into pieces")
        }
    }

    private static let ownFormats = IntakeFile.Format.allCases.filter { $0 != .iif }

    /// All rows of a text that comes in pieces of a size, however often its source begins again.
    private static func rows(_ bytes: [UInt8], _ format: IntakeFile.Format, size: Int) throws -> [IntakeFile.Row] {
        let stream = IntakeStream(format: format) {
            var left = bytes[...]
            return {
                defer { left = left.dropFirst(size) }
                return left.isEmpty ? nil : Array(left.prefix(size))
            }
        }
        while true {
            do {
                var rows = try stream.start()
                var all: [IntakeFile.Row] = []
                while let some = try rows.next() { all += some }
                return all
            } catch is IntakeBeginsAgain {
                continue
            }
        }
    }

    private static func same(_ left: [IntakeFile.Row], _ right: [IntakeFile.Row]) -> Bool {
        left.map(\.line) == right.map(\.line) && zip(left, right).allSatisfy { $0.result == $1.result }
    }

    @Test(
        "Where the pieces are cut makes no difference", arguments: ownFormats,
        [1, 2, 3, 7, 64, 1_000, 1_000_000])
    func cuts(_ format: IntakeFile.Format, _ size: Int) throws {
        let bytes = Array("\u{FEFF}\(Self.text(format))".utf8)
        let read = try Self.rows(bytes, format, size: size)
        #expect(read.map { try? $0.result.get().transaction } == Self.transactions)
        #expect(Self.same(read, IntakeFile(bytes, format: format).rows))
    }

    @Test("However input is damaged, it is read the same in pieces as at once", arguments: ownFormats)
    func damage(_ format: IntakeFile.Format) throws {
        var chance = SeededGenerator(seed: 17)
        let whole = Array(Self.text(format).utf8)
        let alphabet = Array("\"{}[],:;\\ \n\rx0é".utf8) + [0xFF, 0xC3]
        for round in 0..<300 {
            var bytes = Array(whole.prefix(chance.number(1...4_000)))
            for _ in 0..<chance.number(0...3) { bytes[chance.number(0...bytes.count - 1)] = chance.pick(alphabet) }
            let atOnce = IntakeFile(bytes, format: format).rows
            let inPieces = try Self.rows(bytes, format, size: chance.number(1...90))
            #expect(Self.same(atOnce, inPieces), "\(round)")
        }
    }

    @Test("Rows of one transaction that are apart are refused, also when it was given before, and others are read")
    func apart() throws {
        let rows = Self.transactions.map(CSVWriting.text)
        let invoice = try #require(rows.first { $0.split(separator: "\n").count > 2 })
        let lines = invoice.split(separator: "\n").map { $0 + "\n" }
        let others = rows.filter { $0 != invoice }.joined()
        let text = CSVWriting.header + lines[0] + others + lines.dropFirst().joined()
        let read = try Self.rows(Array(text.utf8), .csv, size: 100)
        #expect(read.count == Self.transactions.count)
        let refused = read.flatMap(\.problems)
        let end = 3 + others.split(separator: "\n").count
        #expect(refused.map(\.line) == [2] && refused.first?.value == "at lines 2 and \(end)")
        #expect(read.count(where: { (try? $0.result.get()) != nil }) == Self.transactions.count - 1)
    }

    @Test("A text without end is refused before it fills the memory", arguments: IntakeFile.Format.allCases)
    func endless(_ format: IntakeFile.Format) throws {
        let start =
            switch format {
            case .json: "[{\"source\":\""
            case .ndjson: "{\"source\":\""
            case .csv: CSVWriting.header + "\""
            case .iif: "TRNS\t"
            }
        let taken = Counter()
        let stream = IntakeStream(format: format) {
            var isFirst = true
            return {
                defer { isFirst = false }
                taken.count += 1
                return isFirst ? Array(start.utf8) : [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
            }
        }
        var rows = try stream.start()
        #expect(throws: IntakeBeginsAgain.self) { while try rows.next() != nil {} }
        #expect(taken.count < 20)
        var again = try stream.start()
        let row = try #require(try again.next()?.first)
        guard case .failure(let problems) = row.result else {
            Issue.record("it was read")
            return
        }
        #expect(problems.list.first?.remedy.contains("16 MiB") == true)
    }

    /// Counts on one thread.
    private final class Counter: @unchecked Sendable {
        var count = 0
    }
}
