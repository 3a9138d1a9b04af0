// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

/// What one of Intuit's services answers to everybody for a while.
enum OutageKind: String, Sendable {
    /// Status 200 and bytes that are no answer.
    case garbage
    /// Status 200 and a web page, as a captive portal or a maintenance page does it.
    case html
    /// Status 429.
    case throttled
    /// Status 413 and a gateway's web page, for bodies above a size or for every call.
    case tooLarge
    /// Status 500, 502, 503 and 504 in turn.
    case down
}

/// Which services are out of order, how, and until when.
///
/// While they are, nothing is carried out.
struct Outages: Sendable {
    enum Endpoint: String, Sendable, Hashable, CaseIterable { case token, api }

    struct Outage: Sendable {
        var kind: OutageKind
        var until: Instant
        /// Only calls with a body of more bytes meet it; nil for every call.
        var bytes: Int?

        func befalls(_ call: IncomingCall) -> Bool { bytes.map { call.body.count > $0 } ?? true }
    }

    private var running: [Endpoint: Outage] = [:]
    private var answers = 0

    mutating func begin(_ outage: Outage, _ endpoint: Endpoint) { running[endpoint] = outage }

    mutating func endAll() { running = [:] }

    func outage(of endpoint: Endpoint, now: Instant) -> Outage? {
        running[endpoint].flatMap { now < $0.until ? $0 : nil }
    }

    /// Counts the answers given, so that bodies and statuses come in turn.
    mutating func turn() -> Int {
        defer { answers += 1 }
        return answers
    }
}

extension SandboxState {
    /// The answer while a service is out of order; nil if it isn't.
    mutating func outageReply(_ endpoint: Outages.Endpoint, _ call: IncomingCall) -> SandboxReply? {
        guard let outage = outages.outage(of: endpoint, now: now), outage.befalls(call) else { return nil }
        let turn = outages.turn()
        switch outage.kind {
        case .garbage:
            let garbage = ["{\"token_type\":\"bearer\",\"access_tok", "\u{0}\u{1}\u{2}", "[]", "null", ""][turn % 5]
            return .response(
                Answer.make(200, type: "application/json;charset=UTF-8", body: Array(garbage.utf8)), delay: .zero)
        case .html:
            return .response(Answer.html(200, ErrorPages.maintenance), delay: .zero)
        case .throttled:
            counters.throttled += 1
            return .response(throttledAnswer(turn), delay: .zero)
        case .tooLarge:
            return .response(Answer.html(413, ErrorPages.tooLarge), delay: .zero)
        case .down:
            return .response(downAnswer(turn), delay: .zero)
        }
    }

    private func throttledAnswer(_ turn: Int) -> TransportResponse {
        switch turn % 3 {
        case 0: GatewayFault.throttled.response(asJSON: false, now: now)
        case 1: Answer.make(429, type: nil, body: [])
        default: Answer.html(429, ErrorPages.tooMany)
        }
    }

    private func downAnswer(_ turn: Int) -> TransportResponse {
        switch turn % 4 {
        case 0: Answer.html(503, ErrorPages.unavailable)
        case 1: Answer.xml(504, XMLText.document(["time": .string(now.iso8601)]))
        case 2: Answer.make(502, type: nil, body: [])
        default: Answer.json(500, APIFault.systemFailure.body(now: now))
        }
    }
}
