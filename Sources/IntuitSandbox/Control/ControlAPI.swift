// SPDX-License-Identifier: Apache-2.0
import HTTPTransport
import HTTPTypes

/// `/_sandbox/…`: what a test, a demo or a person does to the sandbox. These calls are
/// never throttled, and no mishap happens to them.
extension SandboxState {
    mutating func control(_ call: IncomingCall) -> TransportResponse {
        do {
            return Answer.json(200, try controlled(call))
        } catch {
            return Answer.json(error.status, ["error": .string(error.sentence)])
        }
    }

    private struct Refusal: Error {
        var status: Int
        var sentence: String
    }

    private mutating func controlled(_ call: IncomingCall) throws(Refusal) -> JSONValue {
        let path = Array(call.segments.dropFirst())
        let answer: JSONValue?
        do {
            answer =
                switch call.method {
                case .get: shown(path)
                case .post: try changed(path, call.body)
                default: nil
                }
        } catch {
            throw Refusal(status: 400, sentence: error.description)
        }
        guard let answer else {
            throw Refusal(
                status: 404,
                sentence: "There is no control call \(call.method.rawValue) /_sandbox/\(path.joined(separator: "/")). "
                    + "There are GET status and clock; POST break, mend, clock/advance, mishaps, mishaps/next, "
                    + "lifetimes, wordings, throttles, sign-in, grants, disconnect, apps, apps/{clientId}, "
                    + "apps/{clientId}/redirect-uris, apps/{clientId}/secret, apps/{clientId}/urls, realms/{realmId} "
                    + "and users/{userId}/roles.")
        }
        return answer
    }

    private func shown(_ path: [String]) -> JSONValue? {
        switch path {
        case ["status"]: status
        case ["clock"]: time
        default: nil
        }
    }

    private mutating func changed(_ path: [String], _ body: [UInt8]) throws(SandboxError) -> JSONValue? {
        if let answer = try changeSettings(path, body) { return answer }
        return try changePortal(path, body)
    }

    private mutating func changeSettings(_ path: [String], _ body: [UInt8]) throws(SandboxError) -> JSONValue? {
        switch path {
        case ["clock", "advance"]: try turnClock(body)
        case ["mishaps"]: try replaceMishaps(body)
        case ["mishaps", "next"]: try scriptMishap(body)
        case ["throttles"]: try switchThrottles(body)
        case ["lifetimes"]: try changeLifetimes(body)
        case ["wordings"]: try changeWordings(body)
        case ["sign-in"]: try switchSignIn(body)
        default: nil
        }
    }

    private mutating func changePortal(_ path: [String], _ body: [UInt8]) throws(SandboxError) -> JSONValue? {
        switch path {
        case ["break"]: try breakByCall(body)
        case ["mend"]: try mendByCall(body)
        case ["grants"]: try mint(body)
        case ["disconnect"]: try disconnectByCall(body)
        case ["apps"]: try createApp(body)
        case _ where path.count == 2 && path[0] == "apps": try changeApp(path[1], body)
        case _ where path.count == 3 && path[0] == "apps": try changeKeys(path[1], path[2], body)
        case _ where path.count == 2 && path[0] == "realms": try changeRealm(path[1], body)
        case _ where path.count == 3 && path[0] == "users" && path[2] == "roles": try changeRole(path[1], body)
        default: nil
        }
    }
}
