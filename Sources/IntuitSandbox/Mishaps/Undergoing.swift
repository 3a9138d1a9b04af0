// SPDX-License-Identifier: Apache-2.0
import HTTPTransport

extension SandboxState {
    /// Carries a call out or not, and answers or not, as the mishap drawn for it says.
    ///
    /// - Parameter carryOut: Does what the call asks, and answers; with `commitsLate` it notes the call for later.
    mutating func undergo(
        _ route: SandboxRoute, _ call: IncomingCall,
        carryOut: (inout SandboxState, _ commitsLate: Bool) -> TransportResponse
    ) -> SandboxReply {
        guard let mishap = mishaps.draw(route) else { return .response(carryOut(&self, false), delay: .zero) }
        counters.mishaps[mishap, default: 0] += 1
        switch mishap {
        case .droppedBeforeCommit:
            return .drop
        case .connectionRefused:
            return .refuse
        case .error500BeforeCommit:
            return .response(systemFailure(call), delay: .zero)
        case .throttled429:
            counters.throttled += 1
            return .response(GatewayFault.throttled.response(asJSON: false, now: now), delay: .zero)
        case .unavailable503HTML:
            return .response(Answer.html(503, ErrorPages.unavailable), delay: .zero)
        case .committedLate:
            _ = carryOut(&self, true)
            return .drop
        case .answerDroppedAfterCommit:
            _ = carryOut(&self, false)
            return .drop
        case .answerCutAfterCommit:
            _ = carryOut(&self, false)
            return .silence(.zero)
        case .answerSilentAfterCommit:
            let silence = mishaps.delay(upTo: mishaps.settings.longestSilence)
            _ = carryOut(&self, false)
            return .silence(silence)
        case .error500AfterCommit:
            _ = carryOut(&self, false)
            return .response(systemFailure(call), delay: .zero)
        case .unavailable503AfterCommit:
            _ = carryOut(&self, false)
            return .response(Answer.html(503, ErrorPages.unavailable), delay: .zero)
        case .webPage200:
            return .response(Answer.html(200, ErrorPages.maintenance), delay: .zero)
        case .latency:
            let delay = mishaps.delay(upTo: mishaps.settings.longestLatency)
            return .response(carryOut(&self, false), delay: delay)
        case .cutBody:
            let response = carryOut(&self, false)
            return response.body.isEmpty ? .drop : .cut(response, afterBytes: mishaps.cut(response.body.count))
        }
    }

    private func systemFailure(_ call: IncomingCall) -> TransportResponse {
        written(500, APIFault.systemFailure.body(now: now), for: call)
    }
}
