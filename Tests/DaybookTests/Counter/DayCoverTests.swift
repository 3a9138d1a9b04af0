// SPDX-License-Identifier: Apache-2.0
import Daybook
import Testing

@Suite("Days of which something tells already")
struct DayCoverTests {
    private static func cover(_ text: String) throws -> DayCover {
        let parts = text.split(separator: " ").map(String.init)
        return DayCover(
            source: parts[0], store: try #require(Int(parts[1]).flatMap(StoreNumber.init)),
            date: try #require(CalendarDate(text: parts[2])), kind: try #require(DayCover.Kind(rawValue: parts[3])))
    }

    @Test(
        "what may not be added until a person has decided",
        arguments: [
            // What comes, what is known, and whether they are in each other's way.
            ("a 1 2026-11-16 ledger-day", "b 1 2026-11-16 ledger-day", true),
            ("a 1 2026-11-16 ledger-day", "a 1 2026-11-16 ledger-day", false),
            ("a 1 2026-11-16 ledger-day", "b 1 2026-11-16 transactions", true),
            ("a 1 2026-11-16 transactions", "b 1 2026-11-16 ledger-day", true),
            ("a 1 2026-11-16 transactions", "a 1 2026-11-16 ledger-day", false),
            ("a 1 2026-11-16 transactions", "b 1 2026-11-16 transactions", false),
            ("a 1 2026-11-16 ledger-day", "b 2 2026-11-16 ledger-day", false),
            ("a 1 2026-11-16 ledger-day", "b 1 2026-11-17 ledger-day", false),
            ("a 1 2026-11-30 ledger-month", "a 1 2026-11-16 ledger-day", true),
            ("a 1 2026-11-30 ledger-month", "b 1 2026-11-01 transactions", true),
            ("a 1 2026-11-30 ledger-month", "a 1 2026-11-01 ledger-month", false),
            ("a 1 2026-11-30 ledger-month", "b 1 2026-11-01 ledger-month", true),
            ("a 1 2026-11-30 ledger-month", "a 1 2026-10-31 ledger-day", false),
            ("a 1 2026-11-30 ledger-month", "a 1 2026-12-01 ledger-day", false),
            ("a 1 2026-11-16 ledger-day", "a 1 2026-11-01 ledger-month", true),
            ("a 1 2026-11-16 transactions", "b 1 2026-11-01 ledger-month", true),
            ("a 2 2026-11-16 transactions", "b 1 2026-11-01 ledger-month", false),
        ])
    func overlaps(_ new: String, _ known: String, _ isRefused: Bool) throws {
        let (new, known) = (try Self.cover(new), try Self.cover(known))
        #expect(new.overlap(among: [known]) == (isRefused ? known : nil))
        // Once a person has let it in, it may go on.
        #expect(new.overlap(among: [known, new]) == nil)
    }

    @Test("the refusal names source, store, day and remedy")
    func words() throws {
        let day = try #require(CalendarDate(text: "2026-11-16"))
        func said(_ known: String) throws -> String {
            DayOverlap(date: day, known: try Self.cover(known)).problem(line: 3).message
        }
        #expect(
            try said("elite 1 2026-11-16 ledger-day")
                == "line 3, date “2026-11-16”: “elite” has store 1 on 2026-11-16 in a general ledger already, and both would be "
                + "posted; decide which is right, or take this one, too with --overlaps (in the API overlaps=true).")
        #expect(try said("elite 1 2026-11-03 ledger-month").contains("store 1 in 2026-11 in a monthly general ledger"))
        #expect(try said("shop 2 2026-11-16 transactions").contains("“shop” has transactions of store 2"))
    }

    @Test("a monthly file is known by its name")
    func monthly() {
        #expect(DayCover.isMonthly(fileNamed: "PR2611MONTHLYONLY.csv"))
        #expect(DayCover.isMonthly(fileNamed: "pr2611monthlyonly.IIF"))
        #expect(!DayCover.isMonthly(fileNamed: "PR261116.iif"))
    }

    @Test("months begin and end", arguments: [("2024-02-10", 1, 29), ("2023-02-28", 1, 28), ("2026-12-31", 1, 31)])
    func months(_ text: String, _ first: Int, _ last: Int) throws {
        let date = try #require(CalendarDate(text: text))
        #expect(date.firstOfMonth.day == first && date.lastOfMonth.day == last)
        #expect(date.lastOfMonth.month == date.month && date.firstOfMonth.month == date.month)
    }
}
