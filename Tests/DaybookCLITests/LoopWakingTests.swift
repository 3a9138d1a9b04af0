// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookCLI
import Testing

@Suite("Whose loops are woken")
struct LoopWakingTests {
    private let waking = LoopWaking()
    private let one = Connection.ID(1)
    private let two = Connection.ID(2)

    /// How often each was rung: companies 1 and 2, the look at all connections, the deliveries.
    private var rings: [Int] {
        [waking.nudge(of: one), waking.nudge(of: two), waking.connections, waking.notifications].map(\.rings)
    }

    @Test("one company's, and what finds new companies")
    func company() {
        _ = rings
        waking.wake(.company(one))
        #expect(rings == [1, 0, 1, 0])
    }

    @Test("every company's")
    func everyCompany() {
        _ = rings
        waking.wake(.everyCompany)
        #expect(rings == [1, 1, 1, 0])
    }

    @Test("the deliveries alone")
    func notifications() {
        _ = rings
        waking.wake(.notifications)
        #expect(rings == [0, 0, 0, 1])
    }
}
