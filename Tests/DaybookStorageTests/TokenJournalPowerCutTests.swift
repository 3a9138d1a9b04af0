// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Testing

@testable import DaybookStorage

/// The journal over a disk that loses what was not synced; the kill of a whole process is tested with the real one.
@Suite("A power cut at every act of the token journal", .timeLimit(.minutes(5)))
struct TokenJournalPowerCutTests {
    private static let path = "/data/tokens.journal"

    private func journal(_ disk: ShakyDisk, compactAbove: Int = 1_000_000) throws -> FileTokenJournal {
        try FileTokenJournal(path: Self.path, sealer: .forTests, compactAbove: compactAbove, disk: disk)
    }

    private func refresh(_ generation: Int64) -> [TokenJournalRecord] {
        let answer = RawTokenAnswer(status: 200, body: Array("{\"n\":\(generation)}".utf8), intuitTID: "tid")
        return [
            .intent(connection: .first, generation: generation, at: after(Double(generation))),
            .answer(connection: .first, generation: generation, at: after(Double(generation)), answer: answer),
            .applied(connection: .first, generation: generation),
        ]
    }

    /// A record and how many acts of the disk there were when its append returned.
    private struct Kept {
        let record: TokenJournalRecord
        let since: Int
    }

    private func append(
        _ records: [TokenJournalRecord], _ journal: FileTokenJournal, _ disk: ShakyDisk
    ) async throws -> [Kept] {
        var kept: [Kept] = []
        for record in records {
            try await journal.append(record)
            kept.append(Kept(record: record, since: disk.acts))
        }
        return kept
    }

    @Test("a record torn of its last byte is never completed by the record after it", arguments: 1...4)
    func tornByOne(missing: Int) async throws {
        // A record whose missing bytes are those that the next one begins with.
        let lost = Array(TokenJournalFrame.mark.prefix(missing))
        let torn = try #require(
            (0..<200_000).lazy.map { number in
                TokenJournalFrame(connection: 1, generation: number, payload: [7]).bytes
            }.first { missing > 2 || $0.suffix(missing).elementsEqual(lost) })
        let disk = ShakyDisk()
        let file = try disk.open(Self.path, .create(mode: 0o600))
        try file.write(Array(torn.dropLast(missing)), at: 0)
        try file.sync()
        try disk.syncFolder(of: Self.path)
        let record = refresh(9)[1]
        try await journal(disk).append(record)
        #expect(try await journal(disk).records(of: .first) == [record])
    }

    @Test("once append has returned, the record is there after any power cut, and the journal goes on")
    func fromEmpty() async throws {
        let disk = ShakyDisk()
        let records = refresh(1) + refresh(2)
        let kept = try await append(records, try journal(disk), disk)
        var cuts = 0
        for act in 1...disk.acts {
            let safe = kept.count { $0.since <= act }
            for survivor in disk.survivors(ofCutAfter: act) {
                cuts += 1
                let reopened = try journal(survivor)
                let found = try await reopened.records(of: .first)
                #expect(found.count >= safe && found == Array(records.prefix(found.count)), "cut after act \(act)")
                try await reopened.append(refresh(9)[1])
                #expect(try await journal(survivor).records(of: .first).last == refresh(9)[1])
            }
        }
        #expect(cuts > 40)
    }

    @Test("a rotation of the data key leaves all records, under one of the two keys, at any power cut, and goes on")
    func sealing() async throws {
        let disk = ShakyDisk()
        let (former, next) = (DataKey(Array(0..<32)), DataKey(Array(1...32)))
        let sealer = Sealer(DataKeys(former))
        func open(_ disk: ShakyDisk, _ sealer: Sealer) throws -> FileTokenJournal {
            try FileTokenJournal(path: Self.path, sealer: sealer, compactAbove: 1_000_000, disk: disk)
        }
        let records = refresh(1) + refresh(2)
        let journal = try open(disk, sealer)
        _ = try await append(records, journal, disk)
        let start = disk.acts
        sealer.use(next)
        #expect(try await journal.seal() == records.count)
        #expect(try await journal.seal() == 0)
        // Draft, write, sync, rename and folder.
        #expect(disk.acts >= start + 5)
        for act in start...disk.acts {
            for survivor in disk.survivors(ofCutAfter: act) {
                let reopened = try open(survivor, Sealer(DataKeys(next, former: [former])))
                #expect(try await reopened.records(of: .first) == records, "cut after act \(act)")
                _ = try await reopened.seal()
                #expect(try await open(survivor, Sealer(DataKeys(next))).records(of: .first) == records)
            }
        }
        #expect(throws: TokenJournalFailure.otherKey) { try open(disk, Sealer(DataKeys(former))) }
    }

    @Test("the same while finished records are left behind: an answer that is not closed is never lost")
    func compacting() async throws {
        let disk = ShakyDisk()
        let open = refresh(1).prefix(2)
        let first = try journal(disk)
        _ = try await append(Array(open) + (2...70).flatMap(refresh), first, disk)
        let start = disk.acts
        let compacting = try journal(disk, compactAbove: 1)
        let kept = try await append(refresh(71) + refresh(72), compacting, disk)
        // Besides the six writes and six syncs: draft, write, sync, rename, folder.
        #expect(disk.acts > start + 12 + 5)
        var cuts = 0
        for act in (start + 1)...disk.acts {
            let safe = kept.filter { $0.since <= act }.map(\.record)
            for survivor in disk.survivors(ofCutAfter: act) {
                cuts += 1
                let found = try await journal(survivor).records(of: .first)
                #expect(found.contains(open[1]) && found.contains(refresh(70)[1]), "cut after act \(act)")
                #expect(safe.allSatisfy(found.contains), "cut after act \(act)")
            }
        }
        #expect(cuts > 40)
        #expect(try await journal(disk).records(of: .first).count < 70 * 3, "something was left behind")
    }

    @Test("when the new file's name is not confirmed, no answer is taken that might go with it")
    func nameNotConfirmed() async throws {
        let disk = ShakyDisk()
        let journal = try journal(disk, compactAbove: 1)
        try await journal.append(refresh(1)[1])
        disk.failsAtFolderSync = true
        // The first finds the name unconfirmed; the others must not go to a file that may have no name.
        for record in refresh(2) {
            await #expect(throws: TokenJournalFailure.notDurable) { try await journal.append(record) }
        }
        for survivor in disk.survivors(ofCutAfter: disk.acts) {
            #expect(try await self.journal(survivor).records(of: .first) == [refresh(1)[1]])
        }
    }
}
