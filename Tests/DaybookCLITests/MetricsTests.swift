// SPDX-License-Identifier: Apache-2.0
import CoreMetrics
import Daybook
@testable import DaybookCLI
import Foundation
import Synchronization
import HTTPTransport
import HTTPTypes
import Testing

@Suite("Metrics", .timeLimit(.minutes(15)))
struct MetricsTests {
    private final class Heard: LogEventSink {
        private let kept = Mutex(0)
        func emit(_ event: LogEvent) { kept.withLock { $0 += 1 } }
        var count: Int { kept.withLock { $0 } }
    }

    @Test("logEvents are counted under their names and labels, and passed on")
    func counting() {
        let registry = PrometheusRegistry()
        let heard = Heard()
        let sink = LogEventMetrics(registry: registry, next: heard)
        let failed = DeliveryOutcome.failed(DeliveryFailure("No."))
        let logEvents: [LogEvent] = [
            .recorded(transactions: 40),
            .sent(connection: .first, exports: Array(1...30), envelope: "e1", intuitTID: nil),
            .sent(connection: .first, exports: Array(31...40), envelope: "e2", intuitTID: nil),
            .acted(.verb(.reset), by: .person(1), on: Act.Subject(exports: [7])),
            .settled(export: 7, state: .exported),
            .throttled(connection: .init(2)), .refreshed(connection: .first, rotated: true, intuitTID: nil),
            .refreshed(connection: .first, rotated: false, intuitTID: nil),
            .refreshFailed(connection: .first, cause: .unreachable, intuitTID: nil),
            .outcomeUnknown(
                connection: .first, exports: Array(1...30), envelope: "e3", reason: "the answer was cut off"),
            .looked(connection: .first, documents: 3, found: 1),
            .warned(connection: .first, subject: .idle, isAllClear: false),
            .delivery(kind: .email, notifier: .init(1), id: .init("A-1"), outcome: .delivered, next: nil),
            .delivery(kind: .webhook, notifier: .init(2), id: .init("A-2"), outcome: failed, next: nil),
        ]
        for event in logEvents { sink.emit(event) }
        #expect(heard.count == logEvents.count)
        #expect(
            registry.series.map { "\($0.key.name)\($0.key.labels) \(Int($0.value))" } == [
                #"daybook_announcements_total{connection="1",kind="warning",subject="idle"} 1"#,
                #"daybook_delivery_attempts_total{kind="email",result="delivered"} 1"#,
                #"daybook_delivery_attempts_total{kind="webhook",result="failed"} 1"#,
                #"daybook_documents_sent_total{connection="1"} 40"#,
                #"daybook_envelopes_sent_total{connection="1"} 2"#,
                #"daybook_envelopes_unanswered_total{connection="1"} 1"#,
                #"daybook_exports_settled_total{state="exported"} 1"#,
                #"daybook_looks_total{connection="1"} 1"#,
                #"daybook_outcomes_unknown_total{connection="1"} 30"#,
                #"daybook_throttled_total{connection="2"} 1"#,
                #"daybook_token_refresh_failures_total{connection="1",cause="unreachable"} 1"#,
                #"daybook_token_refreshes_total{connection="1"} 2"#,
                #"daybook_token_rotations_total{connection="1"} 1"#,
                #"daybook_transactions_recorded_total 40"#,
            ])
    }

    @Test("written as Prometheus reads it: help and type once, labels escaped, whole numbers whole")
    func text() {
        let text = PrometheusText.text([
            .init(.refreshSuccessRatio, [("connection", "1")], 0.75), .init(.exports, [("state", "pending")], 3),
            .init(.exports, [("state", "a\"b\\c\nd")], 0),
        ])
        #expect(
            text == """
                # HELP daybook_connection_refresh_success_ratio Share of token refreshes of the last 30 days that \
                succeeded; absent without any.
                # TYPE daybook_connection_refresh_success_ratio gauge
                daybook_connection_refresh_success_ratio{connection="1"} 0.75
                # HELP daybook_exports Exports in each state.
                # TYPE daybook_exports gauge
                daybook_exports{state="pending"} 3
                daybook_exports{state="a\\"b\\\\c\\nd"} 0

                """)
    }

    @Test("names follow Prometheus' conventions, and each is in docs/operating.md", arguments: Metric.allCases)
    func names(_ metric: Metric) throws {
        #expect(metric.rawValue.wholeMatch(of: /daybook_[a-z_]+/) != nil && metric.help.hasSuffix("."))
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let page = try root.appending(path: "docs/operating.md").text()
        #expect(page.contains("`\(metric.rawValue)`"))
    }

    @Test("a running server answers /metrics with its connection and its queue, and takes nothing else there")
    func served() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let taken = try await fixture.daybook(["import", "-", "--format", "csv"], input: Fixtures.good)
            #expect(taken.status == 0, "\(taken.errors)")
            let serving = try await fixture.serve()
            let server = DaybookServer(ListenAddress(host: "127.0.0.1", port: fixture.port))
            let answer = try await server.call(.get, "/metrics")
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect(answer.statusCode == 200)
            #expect(answer.head.headerFields[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
            #expect(answer.head.headerFields[.setCookie] == nil)
            let lines = text.split(separator: "\n")
            #expect(lines.contains(#"daybook_connection_state{connection="1",state="not-connected"} 1"#))
            #expect(lines.contains(#"daybook_exports{state="pending"} 2"#))
            #expect(lines.contains("daybook_backup_failed 0"))
            #expect(lines.filter { !$0.hasPrefix("#") }.allSatisfy { $0.wholeMatch(of: Self.sample) != nil })
            #expect(try await server.call(.post, "/metrics").statusCode != 200)
            try await server.close()
            _ = await serving.end(with: SIGTERM)
        }
    }

    @Test("a backup that can't be made is in the metrics")
    func failedBackup() async throws {
        try await withFolder { folder in
            let fixture = try ServerFixture(folder)
            let file = folder.appending(path: "file")
            try Data().write(to: file)
            let serving = try await fixture.serve(["DAYBOOK_BACKUP_DIR": file.path])
            let server = DaybookServer(ListenAddress(host: "127.0.0.1", port: fixture.port))
            var page = ""
            // Each look asks the server, which takes its time.
            for _ in 0..<500 where !page.contains("\ndaybook_backup_failed 1\n") {
                page = String(decoding: try await server.call(.get, "/metrics").body, as: UTF8.self)
            }
            #expect(page.contains("\ndaybook_backup_failed 1\n"), "\(page)")
            try await server.close()
            _ = await serving.end(with: SIGTERM)
        }
    }

    @Test("both clocks of a connection are given in seconds: 101 days and five years at first, and they run down")
    func clocks() async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                let serving = try await fixture.startDaybook()
                try await fixture.connect()
                let first = try await left(fixture)
                let day = 86_400.0
                #expect(abs(first.idle - 101 * day) < 3_600)
                #expect(abs(first.hard - 5 * 365 * day) < 3_600)
                // Too short for a refresh, which would start the idle clock again.
                try await fixture.sandbox.advanceClock(seconds: 36_000)
                var later = first
                // Daybook reads the clock four times a second.
                while later.idle > first.idle - 36_000 { later = try await left(fixture) }
                let (idle, hard) = (first.idle - later.idle, first.hard - later.hard)
                #expect(idle < 36_000 + 3_600)
                #expect(abs(idle - hard) < 1)
                _ = await serving.end(with: SIGTERM)
            }
        }
    }

    /// The seconds that are left of each clock, as `/metrics` tells them.
    private func left(_ fixture: ProgramsFixture) async throws -> (idle: Double, hard: Double) {
        let page = String(decoding: try await fixture.server.call(.get, "/metrics").body, as: UTF8.self)
        func value(_ metric: Metric) throws -> Double {
            let start = "\(metric.rawValue){connection=\"1\"} "
            let line = try #require(page.split(separator: "\n").first { $0.hasPrefix(start) })
            return try #require(Double(line.dropFirst(start.count)))
        }
        return (try value(.idleSecondsLeft), try value(.hardSecondsLeft))
    }

    private static var sample: Regex<Substring> {
        /[a-z_]+(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? -?[0-9.e+-]+/
    }
}
