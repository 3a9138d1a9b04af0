// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Testing

@testable import DaybookStorage

@Suite("The token journal")
struct FileTokenJournalTests {
    private func answer(_ generation: Int64, body: String = "{}") -> TokenJournalRecord {
        .answer(
            connection: .first, generation: generation, at: after(Double(generation)),
            answer: RawTokenAnswer(status: 200, body: Array(body.utf8), intuitTID: "tid"))
    }

    private func failedAttempt(_ generation: Int64) -> [TokenJournalRecord] {
        let unavailable = RawTokenAnswer(status: 503, body: [], intuitTID: nil)
        return [
            .intent(connection: .first, generation: generation, at: morning),
            .answer(connection: .first, generation: generation, at: morning, answer: unavailable),
            .refused(connection: .first, generation: generation),
        ]
    }

    private func bytes(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))) }

    private func write(_ bytes: some Collection<UInt8>, _ path: String) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    @Test("every kind of record comes back, by connection, oldest first, also after a restart")
    func roundTrip() async throws {
        try await withFolder { folder in
            let path = folder + "/tokens.journal"
            let records: [TokenJournalRecord] = [
                .intent(connection: .first, generation: 1, at: morning), answer(1),
                .adoption(
                    connection: .first, generation: 2, at: morning, realmID: "9130", clientID: "AB",
                    pastedToken: Secret("pasted"),
                    answer: RawTokenAnswer(status: 400, body: [0, 255, 10], intuitTID: nil)),
                .applied(connection: .first, generation: 2), .refused(connection: .first, generation: 3),
            ]
            let journal = try FileTokenJournal(path: path, sealer: .forTests)
            for record in records { try await journal.append(record) }
            try await journal.append(.applied(connection: Connection.ID(2), generation: 9))
            #expect(try await journal.records(of: .first) == records)
            let reopened = try FileTokenJournal(path: path, sealer: .forTests)
            #expect(try await reopened.records(of: .first) == records)
            #expect(reopened.unreadableBytes == 0)
            for one in [journal, reopened] {
                #expect(try await one.outline(of: .first) == TokenJournalOutline(records))
                #expect(try await one.outline(of: Connection.ID(2)).latest == 9)
                #expect(try await one.outline(of: Connection.ID(3)) == TokenJournalOutline())
            }
        }
    }

    @Test("torn at any byte, it keeps all whole records and goes on after them")
    func torn() async throws {
        try await withFolder { folder in
            let path = folder + "/tokens.journal"
            let journal = try FileTokenJournal(path: path, sealer: .forTests)
            try await journal.append(answer(1))
            let whole = try bytes(path).count
            try await journal.append(answer(2))
            let both = try bytes(path)
            for length in whole..<both.count {
                try write(both.prefix(length), path)
                let torn = try FileTokenJournal(path: path, sealer: .forTests)
                // Zeros at the end are no trace of a record: they are what room for one looks like.
                let trace = both[whole..<length].lastIndex { $0 != 0 }.map { $0 + 1 - whole } ?? 0
                #expect(torn.unreadableBytes == trace)
                #expect(try await torn.records(of: .first) == [answer(1)])
                try await torn.append(answer(3))
                let reopened = try FileTokenJournal(path: path, sealer: .forTests)
                // Whole again where nothing but zeros were torn off its end: room follows, which is zeros.
                let records = try await reopened.records(of: .first).filter { $0 != answer(2) }
                #expect(records == [answer(1), answer(3)])
            }
        }
    }

    @Test("damage to a record in the middle loses that one alone")
    func damaged() async throws {
        try await withFolder { folder in
            let path = folder + "/tokens.journal"
            let journal = try FileTokenJournal(path: path, sealer: .forTests)
            try await journal.append(answer(1))
            let start = try bytes(path).count
            try await journal.append(answer(2))
            let end = try bytes(path).count
            try await journal.append(answer(3))
            let intact = try bytes(path)
            for index in start..<end {
                var changed = intact
                changed[index] ^= 0x10
                try write(changed, path)
                let reopened = try FileTokenJournal(path: path, sealer: .forTests)
                #expect(try await reopened.records(of: .first) == [answer(1), answer(3)])
                #expect(reopened.unreadableBytes == end - start)
            }
        }
    }

    @Test("records of many tasks at once are all kept")
    func concurrency() async throws {
        try await withFolder { folder in
            let journal = try FileTokenJournal(path: folder + "/tokens.journal", sealer: .forTests)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for generation in Int64(1)...50 { group.addTask { try await journal.append(answer(generation)) } }
                try await group.waitForAll()
            }
            let generations = try await journal.records(of: .first).map(\.generation)
            #expect(generations.sorted() == Array(1...50))
        }
    }

    @Test("under another key it is refused at the start")
    func otherKey() async throws {
        try await withFolder { folder in
            let path = folder + "/tokens.journal"
            try await FileTokenJournal(path: path, sealer: .forTests).append(answer(1))
            let other = Sealer(key: Array(repeating: 9, count: 32))
            #expect(throws: TokenJournalFailure.otherKey) { try FileTokenJournal(path: path, sealer: other) }
        }
    }

    @Test("when large it leaves finished generations behind, and nothing that may be needed")
    func compaction() async throws {
        try await withFolder { folder in
            let path = folder + "/tokens.journal"
            let journal = try FileTokenJournal(path: path, sealer: .forTests, compactAbove: 20_000)
            try await journal.append(answer(1, body: "never applied"))
            for generation in Int64(2)...300 {
                try await journal.append(.intent(connection: .first, generation: generation, at: morning))
                try await journal.append(answer(generation))
                try await journal.append(.applied(connection: .first, generation: generation))
            }
            // 300 generations of three records would be five times that.
            #expect(TokenJournalFrame.scan(try bytes(path)).end < 60_000)
            let reopened = try FileTokenJournal(path: path, sealer: .forTests)
            let records = try await reopened.records(of: .first)
            #expect(records.first == answer(1, body: "never applied"))
            #expect(records.suffix(2) == [answer(300), .applied(connection: .first, generation: 300)])
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names == ["tokens.journal"])
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
        }
    }

    @Test("however many attempts failed since, the answer that a restored database needs is not left behind")
    func compactionAfterFailures() async throws {
        try await withFolder { folder in
            let path = folder + "/tokens.journal"
            let journal = try FileTokenJournal(path: path, sealer: .forTests)
            let granted: [TokenJournalRecord] = [
                .intent(connection: .first, generation: 1, at: morning), answer(1),
                .applied(connection: .first, generation: 1),
            ]
            for record in granted + (Int64(2)...81).flatMap(failedAttempt) { try await journal.append(record) }
            let compacting = try FileTokenJournal(path: path, sealer: .forTests, compactAbove: 0)
            try await compacting.append(.intent(connection: .first, generation: 82, at: morning))
            let reopened = try FileTokenJournal(path: path, sealer: .forTests)
            let records = try await reopened.records(of: .first)
            #expect(!records.contains { $0.generation == 2 }, "it was not compacted")
            #expect(Array(records.prefix(3)) == granted)
            #expect(try await reopened.outline(of: .first).applied == 1)
        }
    }

    @Test("however many attempts failed since, the call that puts a connection in doubt is not left behind")
    func compactionInDoubt() async throws {
        try await withFolder { folder in
            let path = folder + "/tokens.journal"
            let journal = try FileTokenJournal(path: path, sealer: .forTests)
            let records: [TokenJournalRecord] = [
                .intent(connection: .first, generation: 1, at: morning),
                .intent(connection: .first, generation: 2, at: morning), answer(2),
                .applied(connection: .first, generation: 2),
                .intent(connection: .first, generation: 3, at: morning),
            ]
            for record in records + (Int64(4)...81).flatMap(failedAttempt) { try await journal.append(record) }
            let compacting = try FileTokenJournal(path: path, sealer: .forTests, compactAbove: 0)
            try await compacting.append(.intent(connection: .first, generation: 82, at: morning))
            let reopened = try FileTokenJournal(path: path, sealer: .forTests)
            #expect(try await reopened.outline(of: .first).doubts == [3, 82])
            let kept = try await reopened.records(of: .first).map(\.generation)
            #expect(!kept.contains(4), "it was not compacted")
            #expect(!kept.contains(1), "what a later answer settled is no doubt any more")
        }
    }

    @Test("after a sync that failed it takes no more records")
    func failedSync() async throws {
        // Takes every write and refuses every sync.
        let journal = try FileTokenJournal(path: "/dev/null", sealer: .forTests)
        for record in [answer(1), answer(2)] {
            await #expect(throws: TokenJournalFailure.notDurable) { try await journal.append(record) }
        }
    }

    @Test("a disk that is full refuses the record in words and keeps the earlier ones")
    func fullDisk() async throws {
        guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
        let file = try OpenFile("/dev/full", .update)
        let trouble = #expect(throws: FileTrouble.self) { try file.write([1, 2, 3], at: 0) }
        #expect(trouble?.description.contains("No space left") == true)
        #expect(trouble?.description.contains("Free some space") == true)
    }
}
