// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// The charts of accounts that were read a moment ago: a page shows one, and the form that it sends is checked by the same.
final class KeptCharts: Sendable {
    private static let lifetime: TimeInterval = 30

    private let charts = Mutex<[Connection.ID: (chart: AccountChart, readAt: Date)]>([:])

    func chart(of id: Connection.ID, at now: Date) -> AccountChart? {
        charts.withLock { charts in
            guard let kept = charts[id], (0..<Self.lifetime).contains(now.timeIntervalSince(kept.readAt)) else {
                return nil
            }
            return kept.chart
        }
    }

    func keep(_ chart: AccountChart, of id: Connection.ID, at now: Date) {
        charts.withLock { $0[id] = (chart, now) }
    }
}
