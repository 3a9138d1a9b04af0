// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Metrics in Prometheus' text format, version 0.0.4.
enum PrometheusText {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// One value of a metric; `labels` as ``labels(_:)`` writes them.
    struct Sample: Equatable {
        let metric: Metric
        let labels: String
        let value: Double

        init(_ metric: Metric, _ labels: [(String, String)] = [], _ value: Double) {
            self.init(metric, labels: PrometheusText.labels(labels), value)
        }

        init(_ metric: Metric, labels: String, _ value: Double) {
            self.metric = metric
            self.labels = labels
            self.value = value
        }
    }

    /// Each metric with its help and type, once, then its samples.
    static func text(_ samples: [Sample]) -> String {
        let byMetric = Dictionary(grouping: samples, by: \.metric)
        return Metric.allCases.compactMap { metric in byMetric[metric].map { text(metric, $0) } }.joined()
    }

    /// `{connection="1",state="broken"}`; empty for none.
    static func labels(_ labels: [(String, String)]) -> String {
        if labels.isEmpty { return "" }
        return "{" + labels.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",") + "}"
    }

    private static func text(_ metric: Metric, _ samples: [Sample]) -> String {
        let lines = samples.map { "\(metric.rawValue)\($0.labels) \(number($0.value))\n" }.joined()
        return """
            # HELP \(metric.rawValue) \(metric.help)
            # TYPE \(metric.rawValue) \(metric.type)
            \(lines)
            """
    }

    private static func number(_ value: Double) -> String {
        if let whole = Int64(exactly: value) { return String(whole) }
        return value.isNaN ? "NaN" : value == .infinity ? "+Inf" : value == -.infinity ? "-Inf" : String(value)
    }

    private static func escaped(_ text: String) -> String {
        let special: [UInt8] = [UInt8(ascii: "\\"), UInt8(ascii: "\""), UInt8(ascii: "\n")]
        // Counted with each export that is settled, and hardly ever to be escaped.
        guard text.utf8.contains(where: special.contains) else { return text }
        return text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
