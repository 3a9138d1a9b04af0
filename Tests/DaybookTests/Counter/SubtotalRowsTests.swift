// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Daybook

/// Reading 40,000 rows takes seconds; where each broken row is compared with all others it takes many minutes.
@Suite("A report with a subtotal row after each payment", .timeLimit(.minutes(1)))
struct SubtotalRowsTests {
    private static let payments = 20_000

    private static func report() -> String {
        let rows = (0..<payments).flatMap { index in
            ["counter,1,PAY-\(index),payment,2026-11-16,payment,cash,1.00", "Total for PAY-\(index),1.00"]
        }
        return (["source,store,id,type,date,line,tender,amount"] + rows).joined(separator: "\n")
    }

    @Test("names every row that is none, at the payments on both sides of it, and takes none of them")
    func neighbours() {
        let file = IntakeFile(Self.report(), .csv)
        #expect(file.transactions.isEmpty)
        // The last one stands behind the last payment.
        #expect(file.problems.count == 2 * Self.payments - 1)
        #expect(file.problems.prefix(3).map(\.line) == [3, 3, 5])
    }
}
