// SPDX-License-Identifier: Apache-2.0
import Daybook
import Synchronization

/// Keeps what the core tells, for tests that ask.
final class KeptLogEvents: LogEventSink {
    private let kept = Mutex<[LogEvent]>([])

    func emit(_ event: LogEvent) { kept.withLock { $0.append(event) } }

    var logEvents: [LogEvent] { kept.withLock { $0 } }
}
