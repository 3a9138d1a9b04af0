// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Testing

@Suite("Received files and profiles")
struct FileTests {
    @Test("a file waits with its content until somebody decides, once", arguments: Engine.allCases)
    func decided(_ engine: Engine) async throws {
        try await engine.storage { storage in
            let one = try await storage.receive([1, 2, 3], named: "a.csv", by: .command("pat"), at: morning)
            let two = try await storage.receive([], named: "b.csv", by: .command("pat"), at: after(1))
            #expect(try await storage.receivedFiles(limit: 9) == [two, one])
            #expect(try await storage.receivedFiles(limit: 1) == [two, one], "all that wait are listed")
            #expect(try await storage.receivedFile(one.id)?.content == [1, 2, 3])
            #expect(try await storage.discard(one.id, by: .command("kim"), at: after(2)))
            #expect(try await !storage.discard(one.id, by: .command("kim"), at: after(3)))
            let decided = try present(try await storage.receivedFile(one.id))
            #expect(decided.content == nil && decided.file.state == .discarded && decided.file.decidedAt == after(2))
            #expect(decided.file.counts == nil && decided.file.way == .page)
            #expect(try await storage.receivedFile(ReceivedFile.ID(9)) == nil)
        }
    }

    @Test("a profile is kept under its name, replaced and removed", arguments: Engine.allCases)
    func profiles(_ engine: Engine) async throws {
        try await engine.storage { storage in
            var profile = IntakeProfile(
                name: "ledger", shape: .iif, separator: .tab,
                columns: [.date: "DATE", .account: "ACCNT", .amount: "AMOUNT"],
                constants: [.source: "elite", .store: "1"], header: ["!TRNS", "DATE"], numbering: .dayAndPlace,
                dateOrder: .monthFirst)
            try await storage.keep(profile, by: .command("pat"), at: morning)
            #expect(try await storage.profiles() == [profile])
            profile.numbering = .number
            try await storage.keep(profile, by: .command("pat"), at: after(1))
            #expect(try await storage.profiles() == [profile])
            #expect(try await storage.removeProfile(named: "ledger", by: .command("pat"), at: after(2)))
            #expect(try await !storage.removeProfile(named: "ledger", by: .command("pat"), at: after(3)))
            #expect(try await storage.profiles() == [])
        }
    }
}
