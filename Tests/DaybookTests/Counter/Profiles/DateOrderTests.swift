// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Dates as shops write them")
struct DateOrderTests {
    @Test(
        "are days in one order",
        arguments: [
            ("11/16/2026", DateOrder.monthFirst), ("11-16-26", .monthFirst), ("16.11.2026", .dayFirst),
            ("16/11/26", .dayFirst), ("2026/11/16", .yearFirst), ("20261116", .yearFirst),
            ("2026-11-16T08:30:00", .yearFirst), ("11/16/2026 8:30 AM", .monthFirst), ("2026-11-16", .dayFirst),
            ("26-11-16", .yearFirst),
        ])
    func read(_ text: String, _ order: DateOrder) {
        #expect(order.date(text) == day("2026-11-16"))
    }

    @Test(
        "are not guessed", arguments: ["", "11/16", "13/13/2026", "16 Nov", "1/2/3/4", "2026-11", "11/16/202", "a/b/c"])
    func refused(_ text: String) {
        #expect(DateOrder.possible(text).isEmpty)
    }

    @Test("may be days in several orders")
    func ambiguous() {
        #expect(DateOrder.possible("03/04/2026") == [.monthFirst, .dayFirst])
        #expect(DateOrder.possible("03/14/2026") == [.monthFirst])
        #expect(DateOrder.possible("14.3.2026") == [.dayFirst])
        #expect(DateOrder.possible("26/11/20") == [.dayFirst, .yearFirst])
    }
}
