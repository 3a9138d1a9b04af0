// SPDX-License-Identifier: Apache-2.0
import CoreMetrics
import Synchronization

/// One metric with one set of labels: a counter that is added to, or a gauge that holds the last value.
final class MetricSeries: CounterHandler, FloatingPointCounterHandler, MeterHandler, RecorderHandler, TimerHandler {
    private let number = Mutex(0.0)

    var value: Double { number.withLock { $0 } }

    func increment(by amount: Int64) { increment(by: Double(amount)) }
    func increment(by amount: Double) { number.withLock { $0 += amount } }
    func decrement(by amount: Double) { number.withLock { $0 -= amount } }
    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { number.withLock { $0 = value } }
    func reset() { set(0.0) }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }

    /// In seconds, Prometheus' unit of time.
    func recordNanoseconds(_ duration: Int64) { set(Double(duration) / 1e9) }
}
