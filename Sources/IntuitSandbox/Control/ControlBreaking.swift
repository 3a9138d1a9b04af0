// SPDX-License-Identifier: Apache-2.0

/// The control calls `break` and `mend`.
extension SandboxState {
    mutating func breakByCall(_ bytes: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(
            bytes, known: ["verb", "realmId", "clientId", "user", "seconds", "bytes", "rotate", "keepPreviousSecret"])
        guard let verb = try body.word("verb", SandboxBreakage.self) else {
            throw SandboxError(
                description: "The field verb is missing; give \(ControlBody.words(SandboxBreakage.self)).")
        }
        let result = try breakConnection(
            verb,
            SandboxBreakingTarget(
                realmID: try body.text("realmId"), clientID: try body.text("clientId"), user: try body.text("user"),
                seconds: try body.duration("seconds"), bytes: try body.integer("bytes", in: 0...1_000_000_000),
                rotates: try body.flag("rotate") ?? true,
                keepsPreviousSecret: try body.flag("keepPreviousSecret") ?? false))
        return Self.result(verb.rawValue, result)
    }

    mutating func mendByCall(_ bytes: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(bytes, known: ["verb", "realmId", "clientId"])
        guard let verb = try body.word("verb", SandboxMending.self) else {
            throw SandboxError(
                description: "The field verb is missing; give \(ControlBody.words(SandboxMending.self)).")
        }
        let target = SandboxBreakingTarget(realmID: try body.text("realmId"), clientID: try body.text("clientId"))
        return Self.result(verb.rawValue, try mend(verb, target))
    }

    private static func result(_ verb: String, _ result: SandboxBreakingResult) -> JSONValue {
        var members: [String: JSONValue] = ["verb": .string(verb), "done": .string(result.sentence)]
        members["clientSecret"] = result.clientSecret.map { .string($0) }
        return .object(members)
    }
}
