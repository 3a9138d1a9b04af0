// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Testing

/// What is left in the files themselves.
@Suite("Anonymizing leaves nothing in the files")
struct AnonymizedFileTests {
    /// Which of the words are in the database or its log, as bytes, whatever the case.
    private func left(_ words: [String], in folder: String) throws -> Set<String> {
        var found: Set<String> = []
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) where !name.hasSuffix("-shm") {
            let path = folder + "/" + name
            let text = String(
                decoding: try Data(contentsOf: URL(filePath: path)).map { $0 < 128 ? $0 : UInt8(ascii: "?") },
                as: UTF8.self
            ).lowercased()
            for word in words where text.contains(word.lowercased()) { found.insert(word) }
        }
        return found
    }

    private static let secrets = ["Quillfeather", "Zanthippe", "memoword", "QX-90210"]

    /// Forty of Zanthippe's among others, in a mixed order, so that pages are split and merged.
    private func recordings(_ random: inout SeededRandom) throws -> [Recording] {
        try (1...400).map { number in
            let isHers = Int.random(in: 0..<10, using: &random) == 0 || number == 7
            let other = Int.random(in: 1...60, using: &random)
            return try CustomerBooks.recording(
                "R\(number)",
                of: isHers
                    ? CustomerBooks.customer("QX-90210", "Zanthippe Quillfeather")
                    : CustomerBooks.customer("C-\(other)", "Customer \(other) \(String(repeating: "x", count: other))"),
                memo: Bool.random(using: &random) ? (isHers ? "memoword \(number)" : "other") : nil,
                text: isHers ? "for Zanthippe Quillfeather" : nil, cents: Int64.random(in: 1...99_999, using: &random))
        }
    }

    @Test("not in the database, its index or its log; books and repetitions are as before", arguments: [1, 2, 3])
    func bytes(_ seed: UInt64) async throws {
        try await withFolder { folder in
            var random = SeededRandom(seed: seed)
            let storage = try SQLiteStorage(at: .file(folder + "/daybook.db"), sealer: .forTests)
            let books = CustomerBooks(storage: storage)
            let all = try recordings(&random)
            for start in stride(from: 0, to: all.count, by: 40) {
                let batch = Array(all[start..<start + 40])
                _ = try await storage.record(batch, policy: .allOrNothing, at: morning)
                try await books.post(perEnvelope: 7)
            }
            #expect(try left(Self.secrets, in: folder).count == 4)
            let before = try await books.books()
            let key = CustomerKey(source: "counter", id: "QX-90210")
            let anonymized = try await storage.anonymize(key, at: after(40))
            #expect(anonymized.transactions > 10 && anonymized.mentions.isEmpty)
            // Killed in the middle: what was decided is done by the process that opens the database next.
            for _ in 0..<3 { #expect(try await storage.anonymizeMore(most: 2, at: after(41)) == .more) }
            try storage.close()

            let next = try SQLiteStorage(at: .file(folder + "/daybook.db"), sealer: .forTests)
            let later = CustomerBooks(storage: next)
            #expect(try await next.customers(matching: CustomerFilter(.numbered(key.id))).first?.isAnonymized == true)
            try await later.finish(most: 5)
            #expect(try await next.anonymizeMore(most: 5, at: after(42)) == .done)
            #expect(try left(Self.secrets, in: folder).isEmpty, "while the database is open")
            #expect(try await later.books() == before)
            let outcomes = try await next.record(all, policy: .partial, at: after(60))
            let isRepeated = outcomes.allSatisfy { if case .alreadyThere = $0 { true } else { false } }
            #expect(isRepeated && outcomes.count == 400)
            #expect(try left(Self.secrets, in: folder).isEmpty, "after the same came again")
            try next.close()
            #expect(try left(Self.secrets, in: folder).isEmpty)
        }
    }
}
