// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Testing

@Suite("daybook import of files that are longer than what is held at once")
struct LongImportTests {
    private static let trade = SampleTrade(seed: 8, count: 2_500)

    private struct Desk {
        let folder: URL

        func take(_ files: [(name: String, text: String)], _ arguments: String...) async throws -> FinishedCommand {
            for file in files { try Data(file.text.utf8).write(to: folder.appending(path: file.name)) }
            return try await FinishedCommand.daybook(
                ["import"] + files.map { folder.appending(path: $0.name).path } + arguments,
                ["DAYBOOK_DATA_DIR": folder.appending(path: "data").path])
        }
    }

    @Test("a mistake in the last line of the last file takes nothing, and is named with its file")
    func lastLine() async throws {
        try await withFolder { folder in
            let desk = Desk(folder: folder)
            let good = Self.trade.ndjson()
            let bad = #"{"source":"elite","store":1,"id":"A","date":"x","type":"journal","lines":[]}"#
            let refused = try await desk.take([("one.ndjson", good), ("two.ndjson", bad)])
            #expect(refused.status != 0 && refused.output.isEmpty)
            #expect(refused.errors.contains("two.ndjson: line 1, date “x”: write "))
            #expect(refused.errors.contains("2 mistakes; nothing was taken."))
            let count = good.split(separator: "\n").count
            let after = try await desk.take([("one.ndjson", good)])
            #expect(after.output == "\(count) transactions taken, 0 were there already.\n")
        }
    }

    @Test("CSV rows of one transaction at both ends of a long file: it alone is refused, with both places")
    func apart() async throws {
        try await withFolder { folder in
            let desk = Desk(folder: folder)
            let rows = Self.trade.csv().split(separator: "\n").map { $0 + "\n" }
            #expect(rows.joined().utf8.count > 2 * IntakeStream.pieceSize)
            // The first invoice's last row goes to the end.
            var moved = rows
            let place = try #require(
                rows.indices.dropFirst().first { index in
                    rows[index].contains(",invoice,") && rows[index - 1].contains(",invoice,")
                })
            moved.append(moved.remove(at: place))
            let count = Self.trade.transactions().count
            let refused = try await desk.take([("moved.csv", moved.joined())])
            #expect(refused.status == 1 && refused.output.isEmpty)
            #expect(refused.errors.contains("and \(rows.count)”: this transaction is there twice"), "\(refused.errors)")
            #expect(refused.errors.contains("1 mistake; nothing was taken. Correct it,"))
            let partial = try await desk.take([("moved.csv", moved.joined())], "--partial")
            #expect(partial.output == "\(count - 1) transactions taken, 0 were there already.\n", "\(partial.errors)")
        }
    }

    @Test("--partial: a file that is unreadable far down gives nothing, and the other file is taken")
    func unreadable() async throws {
        try await withFolder { folder in
            let desk = Desk(folder: folder)
            let good = "[\(Self.trade.transactions().prefix(3).map { $0.canonicalText() }.joined(separator: ","))]"
            let broken = "[\(Self.trade.transactions().dropFirst(3).map { $0.canonicalText() + "," }.joined())]"
            let partial = try await desk.take([("broken.json", broken), ("good.json", good)], "--partial")
            #expect(partial.status == 1)
            #expect(partial.output == "3 transactions taken, 0 were there already.\n")
            #expect(partial.errors.contains("broken.json: file “unreadable”: it is not JSON"))
        }
    }

    @Test("a thousand mistakes are listed, and the number of the others")
    func manyMistakes() async throws {
        try await withFolder { folder in
            let desk = Desk(folder: folder)
            let refused = try await desk.take([("bad.ndjson", String(repeating: "nonsense\n", count: 1_500))])
            #expect(refused.status != 0)
            #expect(refused.errors.split(separator: "\n").count { $0.contains("unreadable") } == 1_000)
            #expect(refused.errors.contains("… and 500 more mistakes."))
            #expect(refused.errors.contains("1500 mistakes; nothing was taken."))
        }
    }
}
