// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("daybook files, overlaps in an import, and the inbox")
struct FilesCommandTests {
    private static func ledger(_ number: String, _ date: String = "11/16/2026") -> String {
        """
        !TRNS\tTRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO
        !SPL\tTRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO
        !ENDTRNS
        TRNS\tGENERAL JOURNAL\t\(date)\tDrawer\t50.00\t\(number)\tCash
        SPL\tGENERAL JOURNAL\t\(date)\tRent\t-50.00\t\t\tRent
        ENDTRNS

        """.replacing("\t\t\t", with: "\t\t")
    }

    private func write(_ text: String, _ name: String, _ folder: URL) throws -> String {
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    @Test(
        "an import is in the history, can be taken back, and a month over its days is refused until somebody says so",
        arguments: [true, false])
    func history(_ isServed: Bool) async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let server = isServed ? try await fixture.serve() : nil
            let file = try write(Self.ledger("PR1"), "PR261116.iif", folder)
            let none = try await fixture.daybook(["files", "list"])
            #expect(none.output == "No file was received yet.\n")
            _ = try await fixture.daybook(
                ["profiles", "propose", file, "--keep", "--constant", "source=elite", "--constant", "store=1"])
            #expect(try await fixture.daybook(["import", file]).status == 0)
            let month = try write(Self.ledger("M11", "11/30/2026"), "PR2611MONTHLYONLY.iif", folder)
            let refused = try await fixture.daybook(["import", month])
            #expect(
                refused.status == 1
                    && refused.errors.contains(
                        "“elite” has store 1 on 2026-11-16 in a general ledger already, and both would be posted"),
                "\(refused)")
            let both = try await fixture.daybook(["import", month, "--overlaps"])
            #expect(both.output == "1 transaction taken, 0 were there already.\n", "\(both)")
            let list = try await fixture.daybook(["files", "list"]).output.split(separator: "\n")
            let states = list.map { $0.split(separator: "  ")[2] }
            // Beside a server the command asks first, and sends nothing that is refused.
            #expect(states == (isServed ? ["taken", "taken"] : ["taken", "refused", "taken"]), "\(list)")
            #expect(list.first?.contains("PR2611MONTHLYONLY.iif  1 new, 0 repeated, 0 refused") == true, "\(list)")
            let shown = try await fixture.daybook(["files", "show", "1"])
            #expect(shown.output.contains("1 transaction from 2026-11-16 to 2026-11-16, store 1"), "\(shown)")
            let back = try await fixture.daybook(["files", "take-back", "1"])
            #expect(
                back.output.contains("“PR261116.iif” is taken back.") && back.output.contains("1 export withdrawn"))
            let twice = try await fixture.daybook(["files", "take-back", "1"])
            #expect(twice.status == 1 && twice.errors.contains("was taken back before"), "\(twice)")
            let unknown = try await fixture.daybook(["files", "show", "77"])
            #expect(unknown.status == 1 && unknown.errors.contains("There is no file"), "\(unknown)")
            // The same number may have other content now.
            let changed = try write(Self.ledger("PR1").replacing("50.00", with: "60.00"), "PR261116.iif", folder)
            let again = try await fixture.daybook(["import", changed, "--overlaps"])
            #expect(again.output == "1 transaction taken, 0 were there already.\n", "\(again)")
            _ = await server?.end(with: SIGTERM)
        }
    }

    @Test(
        "two files of one import are told apart, also by one name, and a good one says why it was refused with a bad one"
    )
    func several() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            try FileManager.default.createDirectory(
                at: folder.appending(path: "two"), withIntermediateDirectories: false)
            func invoices(_ ids: [String]) -> String {
                ids.map {
                    "{\"source\":\"counter\",\"store\":1,\"id\":\"\($0)\",\"type\":\"invoice\",\"date\":\"2026-11-16\","
                        + "\"charges\":[{\"kind\":\"rental\",\"amount\":\"1.00\"}]}\n"
                }.joined()
            }
            let one = try write(invoices(["1"]), "mon.ndjson", folder)
            let two = try write(invoices(["2", "3"]), "two/mon.ndjson", folder)
            let bad = try write("{\"source\":\"counter\"}\n", "bad.ndjson", folder)
            #expect(try await fixture.daybook(["import", one, bad]).status == 1)
            #expect(try await fixture.daybook(["import", one, two]).status == 0)
            let list = try await fixture.daybook(["files", "list"]).output.split(separator: "\n")
            #expect(list.count == 4 && list[0].contains("2 new") && list[1].contains("1 new"), "\(list)")
            let refused = try await fixture.daybook(["files", "show", "1"])
            #expect(refused.output.contains("Another file that came with it has mistakes"), "\(refused)")
            let back = try await fixture.daybook(["files", "take-back", "4"])
            #expect(back.output.contains("2 exports withdrawn"), "\(back)")
        }
    }

    @Test("the real server takes what is put into its inbox, and puts a report beside it")
    func inbox() async throws {
        try await withFolder { folder in
            let inbox = folder.appending(path: "inbox")
            let fixture = try ServerFixture(folder)
            let sample = try write(Self.ledger("SAMPLE"), "ledger.iif", folder)
            _ = try await fixture.daybook(
                ["profiles", "propose", sample, "--keep", "--constant", "source=elite", "--constant", "store=1"])
            let server = try await fixture.serve(["DAYBOOK_INBOX": inbox.path, "DAYBOOK_INBOX_QUIET": "0"])
            // The folder comes later, as a folder of another machine does.
            try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: false)
            _ = try write(Self.ledger("PR1"), "inbox/PR261116.iif", folder)
            _ = try write("[{\"source\":\"x\"}]", "inbox/bad.json", folder)
            func report(_ end: String, _ name: String) async throws -> String {
                // Each question takes the server some time, in which it goes on.
                for _ in 1...200 {
                    let path = inbox.appending(path: end).path
                    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
                    if let found = names.first(where: { $0.hasPrefix(name) && $0.hasSuffix(".txt") }),
                        names.contains(String(found.dropLast(4)))
                    {
                        return try String(contentsOfFile: "\(path)/\(found)", encoding: .utf8)
                    }
                    _ = try await fixture.daybook(["files", "list"])
                }
                return "no report"
            }
            let taken = try await report("taken", "PR261116-")
            #expect(taken.contains("1 transaction recorded, 0 were there already."), "\(taken)")
            let refused = try await report("refused", "bad-")
            #expect(refused.contains("Nothing of it was taken.") && refused.contains("store is missing"), "\(refused)")
            let list = try await fixture.daybook(["files", "list"])
            #expect(list.output.contains("PR261116.iif") && list.output.contains("bad.json"), "\(list)")
            #expect(list.output.contains("  inbox\n"), "\(list)")
            _ = await server.end(with: SIGTERM)
        }
    }
}
