// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import IntuitSandbox

@Suite("A large company")
struct ScaleTests {
    @Test("the last of ten thousand entries costs what the first did, and is found through an index")
    func constantCost() throws {
        var company = TestCompany()
        let clock = ContinuousClock()
        func create(_ range: Range<Int>) throws -> Duration {
            let began = clock.now
            for number in range {
                let extra = #""DocNumber":"S-\#(number)","#
                _ = try company.posted(company.journal(extra: extra))
            }
            return clock.now - began
        }
        _ = try create(0..<200)
        let first = try create(200..<1_200)
        _ = try create(1_200..<9_000)
        let last = try create(9_000..<10_000)
        // A scan per write would make the ratio about ten; the margin is for a busy machine.
        #expect(last < first * 4, "\(first) for the first thousand, \(last) for the last")
        let began = clock.now
        for number in stride(from: 0, to: 10_000, by: 20) {
            let text = "select * from JournalEntry where DocNumber = 'S-\(number)' and TxnDate = '2026-06-15'"
            #expect(company.query(text).ids(.journalEntry) == [String(number + 2)])
        }
        let looks = clock.now - began
        #expect(looks < first * 4, "\(looks) for five hundred looks")
    }
}
