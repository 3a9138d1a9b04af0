// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("Wake")
struct WakeTests {
    @Test("Of two wishes the earlier one is kept, in either order")
    func earlier() {
        let soon = Wake.at(Date(timeIntervalSince1970: 1))
        let later = Wake.at(Date(timeIntervalSince1970: 2))
        let order: [Wake] = [.now, soon, later, .idle]
        for (left, mine) in order.enumerated() {
            for (right, theirs) in order.enumerated() {
                #expect(mine.or(theirs) == order[min(left, right)])
            }
        }
    }
}
