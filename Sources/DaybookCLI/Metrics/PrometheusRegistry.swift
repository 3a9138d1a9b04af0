// SPDX-License-Identifier: Apache-2.0
import CoreMetrics
import Synchronization

/// A backend of swift-metrics that keeps every series, to be written in Prometheus' format.
///
/// What swift-metrics calls a label is the metric's name here; its dimensions are the labels.
final class PrometheusRegistry: MetricsFactory {
    struct Key: Hashable, Comparable {
        let name: String
        let labels: String

        static func < (left: Key, right: Key) -> Bool { (left.name, left.labels) < (right.name, right.labels) }
    }

    private let kept = Mutex<[Key: MetricSeries]>([:])

    /// Every series, by name and labels.
    var series: [(key: Key, value: Double)] {
        kept.withLock { $0 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value.value) }
    }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler { find(label, dimensions) }

    func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler { find(label, dimensions) }

    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler { find(label, dimensions) }

    func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler { find(label, dimensions) }

    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler { find(label, dimensions) }

    // A metric that is made again continues the same series, so no series is ever removed.
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    private func find(_ name: String, _ dimensions: [(String, String)]) -> MetricSeries {
        let key = Key(name: name, labels: PrometheusText.labels(dimensions))
        return kept.withLock { kept in
            if let known = kept[key] { return known }
            let new = MetricSeries()
            kept[key] = new
            return new
        }
    }
}
