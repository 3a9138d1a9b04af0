// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Testing

@Suite("Recording more than fits in memory")
struct LongIntakeTests {
    /// Batches that are there already, and what became of them.
    private final class Batches: RecordingSource, RecordingBatches, @unchecked Sendable {
        var left: [[Recording]]
        let keeps: Bool
        var outcomes: [RecordOutcome] = []
        var between: (Int) throws -> Void = { _ in }

        init(_ batches: [[Recording]], keeps: Bool = true) {
            left = batches
            self.keeps = keeps
        }

        func start() -> any RecordingBatches { self }

        func next() throws -> [Recording]? {
            try between(left.count)
            return left.isEmpty ? nil : left.removeFirst()
        }

        func other(_ recording: Recording, attempt: Int) throws -> Recording {
            try Examples.rental("\(recording.transaction.key.id)-\(attempt)")
        }

        func took(_ outcomes: [RecordOutcome]) { self.outcomes += outcomes }

        let files: [IncomingFile] = []

        func end() -> [FileOutcome]? { keeps ? [] : nil }
    }

    private func batches(_ count: Int, of size: Int) throws -> [[Recording]] {
        let all = try Examples.rentals(count * size)
        return stride(from: 0, to: all.count, by: size).map { Array(all[$0..<$0 + size]) }
    }

    @Test(
        "all batches are there in the end, and repeats and conflicts between them are seen", arguments: Engine.allCases)
    func kept(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let first = try Examples.rental("R1")
            let source = Batches([
                [first, try Examples.rental("R2")], [first], [try Examples.rental("R2", cents: 99_00)],
                [try Examples.rental("R3")],
            ])
            try await storage.record(from: source, by: .command("pat"), at: morning)
            #expect(
                source.outcomes == [
                    .recorded(exports: [1]), .recorded(exports: [2]), .alreadyThere(exports: [1]), .conflict,
                    .recorded(exports: [3]),
                ])
            #expect(try await storage.exports(matching: .init()).total == .exactly(3))
        }
    }

    @Test(
        "what the source does not keep leaves nothing, and says what would have become of it",
        arguments: Engine.allCases)
    func notKept(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let source = Batches(try batches(3, of: 100), keeps: false)
            try await storage.record(from: source, by: .command("pat"), at: morning)
            #expect(source.outcomes.count == 300)
            #expect(try await storage.exports(matching: .init()).total == .exactly(0))
        }
    }

    @Test("a dry run asks the database in sets, not for each transaction")
    func statements() async throws {
        try await Engine.sqliteMemory.storage { storage in
            let log = StatementLog(storage)
            let source = Batches(try batches(1, of: 512), keeps: false)
            let statements = try await log.statements {
                try await log.record(from: source, by: .command("pat"), at: morning)
            }
            #expect(statements.count < 100, "\(statements.count)")
        }
    }

    @Test("a failure in the middle leaves nothing; so does a crash, at any place before the end")
    func crash() async throws {
        try await withFolder { folder in
            let path = folder + "/daybook.db"
            let storage = try SQLiteStorage(at: .file(path), sealer: .forTests)
            let source = Batches(try batches(6, of: 200))
            source.between = { left in
                // What the disk holds now is what is left after a cut of the power.
                let image = folder + "/image-\(left)"
                try FileManager.default.createDirectory(atPath: image, withIntermediateDirectories: true)
                for end in ["", "-wal"] {
                    try FileManager.default.copyItem(atPath: path + end, toPath: image + "/daybook.db" + end)
                }
                if left == 1 { throw CancellationError() }
            }
            await #expect(throws: CancellationError.self) {
                try await storage.record(from: source, by: .command("pat"), at: morning)
            }
            #expect(try await storage.exports(matching: .init()).total == .exactly(0))
            for left in 1...6 {
                let image = try SQLiteStorage(at: .file(folder + "/image-\(left)/daybook.db"), sealer: .forTests)
                #expect(try await image.exports(matching: .init()).total == .exactly(0), "\(left) batches left")
                try image.close()
            }
            try storage.close()
        }
    }

    @Test(
        "a document number that is taken costs its batch another try, and the others nothing",
        arguments: Engine.allCases)
    func takenNumber(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let (one, two) = (try Examples.rental("R1"), try Examples.rental("R2"))
            let export = two.exports[0]
            let clashing = try two.with([export.with(documentNumber: one.exports[0].documentNumber)])
            let source = Batches([[one], [clashing, try Examples.rental("R3")]])
            try await storage.record(from: source, by: .command("pat"), at: morning)
            #expect(
                source.outcomes == [
                    .recorded(exports: [1]), .recorded(exports: [2]), .recorded(exports: [3]),
                ])
        }
    }
}
