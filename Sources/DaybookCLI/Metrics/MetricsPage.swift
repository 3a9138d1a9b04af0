// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookWeb
import Hummingbird
import HummingbirdCore
import NIOCore

/// `GET /metrics`, as Prometheus scrapes it.
struct MetricsPage: Sendable {
    let registry: PrometheusRegistry
    let connections: ConnectionMetrics
    /// Nil where the server speaks plain HTTP.
    var certificate: CertificateWatch?

    func addRoute(to router: Router<SiteContext>) {
        router.get("metrics") { _, _ in
            Response(
                status: .ok, headers: [.contentType: PrometheusText.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(string: try await text())))
        }
    }

    func text() async throws -> String {
        let counted = registry.series.compactMap { series -> PrometheusText.Sample? in
            Metric(rawValue: series.key.name).map { .init($0, labels: series.key.labels, series.value) }
        }
        let ends = certificate.map { [PrometheusText.Sample(.certificateSecondsLeft, [], $0.secondsLeft)] } ?? []
        return PrometheusText.text(try await connections.samples() + ends + counted)
    }
}
