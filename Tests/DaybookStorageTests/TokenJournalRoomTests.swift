// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Testing

@testable import DaybookStorage

@Suite("Room for an answer is there before the call is made")
struct TokenJournalRoomTests {
    private func answer(_ generation: Int64, length: Int) -> TokenJournalRecord {
        .answer(
            connection: .first, generation: generation, at: after(Double(generation)),
            answer: RawTokenAnswer(status: 200, body: Array(repeating: 97, count: length), intuitTID: "tid"))
    }

    @Test("a disk that fills up between a call and its answer takes the answer; the next call is not made")
    func fullBetween() async throws {
        let disk = ShakyDisk()
        let journal = try FileTokenJournal(
            path: "/tokens.journal", sealer: .forTests, compactAbove: 1_000_000, disk: disk)
        try await journal.append(.intent(connection: .first, generation: 1, at: morning))
        disk.isFull = true
        try await journal.append(answer(1, length: 32_000))
        try await journal.append(.applied(connection: .first, generation: 1))
        #expect(try await journal.records(of: .first).count == 3)
        await #expect(throws: (any Error).self) {
            try await journal.append(.intent(connection: .first, generation: 2, at: morning))
        }
        #expect(try await journal.records(of: .first).count == 3, "half an intent is left behind")
        disk.isFull = false
        try await journal.append(.intent(connection: .first, generation: 2, at: morning))
        #expect(try await journal.outline(of: .first).latest == 2)
    }

    @Test("the room is zeros behind the last record: no damage at the next start, and written over by what comes")
    func reopened() async throws {
        try await withFolder { folder in
            let path = folder + "/tokens.journal"
            for generation in Int64(1)...40 {
                // Every start finds the end anew, whatever byte the last record ends with.
                let journal = try FileTokenJournal(path: path, sealer: .forTests, compactAbove: 1_000_000)
                #expect(journal.unreadableBytes == 0)
                try await journal.append(.intent(connection: .first, generation: generation, at: morning))
                try await journal.append(answer(generation, length: 3_000))
                #expect(try await journal.records(of: .first).count == Int(generation) * 2)
            }
            let length = try Data(contentsOf: URL(fileURLWithPath: path)).count
            #expect(length > 40 * 3_000 + 32_000 && length < 40 * 3_600 + 70_000, "\(length)")
        }
    }
}
