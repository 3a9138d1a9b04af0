// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// One address space for all of Intuit's hosts.
extension SandboxState {
    mutating func handle(_ request: TransportRequest) -> SandboxReply {
        catchUp()
        let call = IncomingCall(request)
        switch route(call) {
        case .response(var response, let delay):
            stamp(&response)
            return .response(response, delay: delay)
        case .cut(var response, let bytes):
            stamp(&response)
            return .cut(response, afterBytes: bytes)
        case let silence:
            return silence
        }
    }

    private mutating func route(_ call: IncomingCall) -> SandboxReply {
        let path = call.segments
        switch path.first {
        case "v3" where path.count >= 4 && path[1] == "company":
            return accountingAPI(call)
        case "oauth2" where path == ["oauth2", "v1", "tokens", "bearer"]:
            return tokenCall(call)
        case "v2" where path == ["v2", "oauth2", "tokens", "revoke"]:
            return revokeCall(call)
        case "_sandbox":
            return .response(CrossSiteGate.refusal(call) ?? control(call), delay: .zero)
        default:
            return .response(page(call), delay: .zero)
        }
    }

    private mutating func page(_ call: IncomingCall) -> TransportResponse {
        switch call.segments {
        case [".well-known", "openid_configuration"]: Discovery.answer(call, environment: .production)
        case [".well-known", "openid_sandbox_configuration"]: Discovery.answer(call, environment: .sandbox)
        case ["op", "v1", "jwks"]: publishedKeys()
        case ["v1", "openid_connect", "userinfo"]: userinfo(call)
        case ["connect", "oauth2"]: consentPage(call)
        case ["connect", "oauth2", "decision"]: CrossSiteGate.refusal(call) ?? consentDecision(call)
        default:
            site(call)
                ?? Answer.text(404, "The sandbox has nothing at this address. Its home page lists what it has.")
        }
    }

    private mutating func stamp(_ response: inout TransportResponse) {
        response.head.set([
            ("intuit_tid", IntuitFields.transactionID(now: now, random: &random)), ("Date", now.httpDate),
        ])
    }
}
