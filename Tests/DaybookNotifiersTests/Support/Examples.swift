// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookNotifiers
import DaybookStorage
import Foundation
import HTTPTransport
import Synchronization

let morning = Date(timeIntervalSince1970: 1_795_424_700)

enum Examples {
    static let announcement = Announcement(
        id: .init("A1"), kind: .warning, connection: .first,
        company: Company(realmID: "9130", name: "Ridge Rentals"), subject: .idle, days: 7,
        title: "The connection ends", text: "Let Daybook run.", at: morning)
    static let id = Delivery.ID("A1-1")
    static let secret = Secret("dbwh_0123456789")

    static func pageURL() throws -> URL { try present(URL(string: "http://localhost:8710")) }

    static func sender(mail: MailSystem, transport: any HTTPTransport = Unplugged()) throws -> NotifierSender {
        NotifierSender(mail: mail, transport: transport, pageURL: try pageURL())
    }

    static let noMail = MailSystem(command: "/nowhere/sendmail", path: "", from: "daybook@localhost")
}

struct Missing: Error {}

func present<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Missing() }
    return value
}

/// A network without a cable.
struct Unplugged: HTTPTransport {
    func send(_ request: TransportRequest, deadline: Duration) async throws -> TransportResponse {
        throw TransportError.connectionFailed(sentBytes: false, reason: "refused")
    }
}

/// Wall time that a test turns.
final class TurnedClock: WallClock {
    private let moment = Mutex(morning)

    var now: Date { moment.withLock { $0 } }

    func advance(_ seconds: TimeInterval) { moment.withLock { $0 += seconds } }
}

final class KeptLogEvents: LogEventSink {
    private let kept = Mutex<[LogEvent]>([])
    func emit(_ event: LogEvent) { kept.withLock { $0.append(event) } }
    var all: [LogEvent] { kept.withLock { $0 } }
}
