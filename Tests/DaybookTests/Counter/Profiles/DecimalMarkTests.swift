// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

@Suite("Amounts as shops write them")
struct DecimalMarkTests {
    @Test(
        "are plain digits after reading",
        arguments: [
            ("100.00", DecimalMark.point, "100.00"), ("$100.00", .point, "100.00"), ("1,100.00", .point, "1100.00"),
            ("(100.00)", .point, "-100.00"), ("($1,100.00)", .point, "-1100.00"), ("-$5", .point, "-5"),
            ("$-5", .point, "-5"), ("5.00-", .point, "-5.00"), ("1'100.50", .point, "1100.50"),
            ("USD 7.50", .point, "7.50"), ("7,50 EUR", .comma, "7.50"), ("€ 1.100,50", .comma, "1100.50"),
            ("1 100,50", .comma, "1100.50"), ("1.250", .comma, "1250"), ("1.250", .point, "1.250"), ("+3", .point, "3"),
        ])
    func read(_ text: String, _ mark: DecimalMark, _ plain: String) {
        #expect(mark.plain(text) == plain)
    }

    @Test(
        "are not guessed",
        arguments: [
            "", "abc", "1.2.3", "1,2,3", "12,34.56,7", "--5", "(5", "5)", "-(5)", "1e3", "$", "5 %", "0,250", "1,10.00",
            ".5",
            "5.",
        ])
    func refused(_ text: String) {
        #expect(DecimalMark.point.plain(text) == nil)
    }
}
