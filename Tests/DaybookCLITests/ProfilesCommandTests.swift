// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

@Suite("daybook profiles, and an import by one")
struct ProfilesCommandTests {
    private static let table = """
        Invoice No;Type;Date;Line;Kind;Payment Method;Amount;Clerk
        A-1;Invoice;16/11/2026;Charge;Rental;;1.100,00;pat
        A-1;Invoice;16/11/2026;Payment;;Cash;100,00;pat
        A-2;Payment;17/11/2026;Payment;;Check;5,00;pat

        """

    private func withTable(
        _ text: String, _ body: (URL, ([String]) async throws -> FinishedCommand) async throws -> Void
    )
        async throws
    {
        try await withFolder { folder in
            try Data(text.utf8).write(to: folder.appending(path: "sales.csv"))
            try await body(folder) { arguments in
                try await FinishedCommand.daybook(
                    arguments.map {
                        $0.hasSuffix(".csv") || $0.hasSuffix(".json") ? folder.appending(path: $0).path : $0
                    },
                    ["DAYBOOK_DATA_DIR": folder.appending(path: "data").path])
            }
        }
    }

    @Test("a proposal is printed with the first transactions, and takes the table")
    func wholeWay() async throws {
        try await withTable(Self.table) { folder, daybook in
            let proposal = try await daybook(
                ["profiles", "propose", "sales.csv", "--constant", "source=counter", "--constant", "store=2"])
            #expect(proposal.status == 0, "\(proposal.errors)")
            #expect(proposal.errors.contains("Not read: Clerk."))
            #expect(proposal.errors.contains("line 2: Invoice A-1, store 2, 2026-11-16, 1100.00 USD"))
            try Data(proposal.output.utf8).write(to: folder.appending(path: "shop.json"))
            let taken = try await daybook(["import", "sales.csv", "--profile", "shop.json"])
            #expect(taken.output == "2 transactions taken, 0 were there already.\n", "\(taken.errors)")
            let dry = try await daybook(["import", "sales.csv", "--profile", "shop.json", "--dry-run"])
            #expect(
                dry.output.hasSuffix("\n0 transactions could be taken, 2 are there already; nothing was.\n"), "\(dry)")
        }
    }

    @Test("what the table does not tell is asked, with the option that answers it")
    func asks() async throws {
        try await withTable(Self.table.replacing("16/11", with: "03/04").replacing("17/11", with: "03/05")) {
            _, daybook in
            let asked = try await daybook(["profiles", "propose", "sales.csv"])
            #expect(asked.status == 1)
            #expect(
                asked.errors.contains(
                    "What is first in “03/04/2026”, the month, the day or the year? Say --dates month-first"))
            #expect(asked.errors.contains("--constant source=…") && asked.errors.contains("--constant store=…"))
        }
    }

    @Test("a mistake is refused with its remedy")
    func mistakes() async throws {
        try await withTable("x,y\n1,2\n") { folder, daybook in
            let unknown = try await daybook(["profiles", "propose", "sales.csv"])
            #expect(unknown.status == 1 && unknown.errors.contains("has titles of columns that Daybook knows"))
            let missing = try await daybook(["profiles", "propose", "none.csv"])
            #expect(missing.status == 1 && missing.errors.contains("can't be read"))
            let pair = try await daybook(["profiles", "propose", "sales.csv", "--column", "colour=x"])
            #expect(pair.status == 1 && pair.errors.contains("is not FIELD=TEXT; the fields are source, store,"))
            try Data("{}".utf8).write(to: folder.appending(path: "shop.json"))
            let none = try await daybook(["import", "sales.csv", "--profile", "shop.json"])
            #expect(none.status == 1 && none.errors.contains("is not a profile: name is missing"))
        }
    }

    private static let ledger = """
        !TRNS\tTRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO
        !SPL\tTRNSTYPE\tDATE\tACCNT\tAMOUNT\tDOCNUM\tMEMO
        !ENDTRNS
        TRNS\tGENERAL JOURNAL\t11/16/2026\tDrawer\t50.00\tPR1\tCash
        SPL\tGENERAL JOURNAL\t11/16/2026\tRent\t-50.00\t\tRent
        ENDTRNS

        """

    @Test(
        "a kept profile knows its files by their titles, on the data folder and on a server", arguments: [true, false])
    func kept(_ isServed: Bool) async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let server = isServed ? try await fixture.serve() : nil
            let file = folder.appending(path: "PR261116.iif")
            try Data(Self.ledger.utf8).write(to: file)
            let unknown = try await fixture.daybook(["import", file.path])
            #expect(unknown.status == 1 && unknown.errors.contains("daybook profiles propose --keep"), "\(unknown)")
            let constants = ["--constant", "source=elite", "--constant", "store=1", "--name", "Elite ledger"]
            let proposed = try await fixture.daybook(["profiles", "propose", file.path, "--keep"] + constants)
            #expect(
                proposed.status == 0 && proposed.errors.contains("The profile “Elite ledger” is kept."), "\(proposed)")
            let taken = try await fixture.daybook(["import", file.path])
            #expect(taken.output == "1 transaction taken, 0 were there already.\n", "\(taken.errors)")
            #expect(taken.errors.contains("is read by the profile “Elite ledger”, as store 1."))
            #expect(
                try await fixture.daybook(["profiles", "list"]).output == "Elite ledger  iif  source elite  store 1\n")
            let shown = try await fixture.daybook(["profiles", "show", "Elite ledger"])
            let copy = folder.appending(path: "copy.json")
            try Data(shown.output.replacing("Elite ledger", with: "Copy").utf8).write(to: copy)
            #expect(
                try await fixture.daybook(["profiles", "keep", copy.path]).output == "The profile “Copy” is kept.\n")
            let two = try await fixture.daybook(["import", file.path])
            #expect(two.status == 1 && two.errors.contains("Several profiles are for files like"), "\(two)")
            let named = try await fixture.daybook(["import", file.path, "--profile", "Copy"])
            #expect(named.output == "0 transactions taken, 1 were there already.\n", "\(named.errors)")
            #expect(try await fixture.daybook(["profiles", "remove", "Copy"]).status == 0)
            let none = try await fixture.daybook(["import", file.path, "--profile", "Copy"])
            #expect(none.status == 1 && none.errors.contains("Kept are Elite ledger."), "\(none)")
            let names = try await fixture.daybook(["account-names"])
            #expect(names.output.contains("elite  Drawer  →  (found by its number or name)"), "\(names)")
            let choice = try await fixture.daybook(["account-names", "choose", "elite", "Rent", "4000"])
            #expect(choice.status == 1 && choice.errors.contains("not connected"), "\(choice)")
            if let server { _ = await server.end(with: SIGTERM) }
        }
    }
}
