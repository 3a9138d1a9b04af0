// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Derived export ids")
struct ExportSubjectTests {
    private func subject(_ source: String, _ store: Int, _ id: String, _ revision: Int, _ attempt: Int = 0)
        -> ExportSubject
    {
        ExportSubject(
            Transaction.Key(source: source, store: StoreNumber(known: store), id: id, revision: revision),
            attempt: attempt)
    }

    @Test("the same transaction has the same id, whenever it is taken")
    func same() {
        let one = subject("counter", 2, "INV-1", 1).exportID(MixingDigest())
        #expect(one == subject("counter", 2, "INV-1", 1).exportID(MixingDigest()))
        #expect(one.text.count == 26)
    }

    @Test("no two subjects share an encoding, however their fields could be cut or swapped")
    func injective() {
        let oddities = ["\0", "\0\0\0\0\0\0\0\u{1}", "é", "e\u{301}"]
        let texts = ["", "1", "11", "a", "b", "ab", "entry", "create", "a/1", "1/a"] + oddities
        var seen: [[UInt8]: ExportSubject] = [:]
        var expected = 0
        for source in texts {
            for id in texts {
                for store in [1, 11, 9999] {
                    for (revision, attempt) in [(1, 0), (11, 0), (1, 1), (1, 11), (11, 1)] {
                        let subject = subject(source, store, id, revision, attempt)
                        expected += 1
                        if let other = seen.updateValue(subject, forKey: subject.encoding) {
                            Issue.record("\(subject) and \(other) are encoded alike")
                        }
                    }
                }
            }
        }
        #expect(seen.count == expected)
    }

    @Test("the encoding can be read back, field by field")
    func readBack() throws {
        var generator = SeededGenerator(seed: 17)
        for _ in 0..<500 {
            let letters = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
                Character(Unicode.Scalar(UInt8.random(in: 0...255, using: &generator)))
            }
            let cut = Int.random(in: 0...letters.count, using: &generator)
            let (source, id) = (String(letters[..<cut]), String(letters[cut...]))
            let fields = try Self.fields(subject(source, 7, id, 3, 2).encoding)
            #expect(
                fields == ["daybook export 1", source, "7", id, "3", "entry", "create", "2"].map { Array($0.utf8) })
        }
    }

    private static func fields(_ encoding: [UInt8]) throws -> [[UInt8]] {
        var fields: [[UInt8]] = []
        var rest = encoding[...]
        while !rest.isEmpty {
            let length = rest.prefix(8).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(8)
            try #require(rest.count >= length)
            fields.append(Array(rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return fields
    }
}
