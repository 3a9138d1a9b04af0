// SPDX-License-Identifier: Apache-2.0

/// Control calls that set how the sandbox behaves.
extension SandboxState {
    mutating func turnClock(_ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(body, known: ["seconds", "duration"])
        let seconds = try body.duration("seconds")
        let text = try body.text("duration")
        switch (seconds, text) {
        case (let step?, nil): clock.advance(by: step)
        case (nil, let text?): clock.advance(by: try SandboxDuration(reading: text).duration)
        case (nil, nil):
            throw SandboxError(
                description: "The field seconds is missing; say how far to turn the clock, or give a duration such as "
                    + "\"101d\".")
        case (_?, _?):
            throw SandboxError(description: "Both seconds and duration are given; leave one of them out.")
        }
        catchUp()
        return time
    }

    mutating func replaceMishaps(_ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(
            body,
            known: [
                "rates", "tokenRates", "routes", "seed", "longestLateCommitSeconds", "longestLatencySeconds",
                "longestSilenceSeconds", "requestId",
            ])
        var settings = SandboxMishapSettings()
        settings.rates = try body.shares("rates", SandboxMishap.self) ?? [:]
        settings.tokenRates = try body.shares("tokenRates", SandboxMishap.self)
        settings.routes = try body.words("routes", SandboxRoute.self) ?? settings.routes
        settings.seed = try body.integer("seed", in: 0...9_007_199_254_740_991).map { UInt64($0) }
        settings.longestLateCommit = try body.duration("longestLateCommitSeconds")
        settings.longestLatency = try body.duration("longestLatencySeconds") ?? settings.longestLatency
        settings.longestSilence = try body.duration("longestSilenceSeconds") ?? settings.longestSilence
        settings.requestIDs = try body.word("requestId", SandboxRequestIDs.self) ?? .honoured
        try setMishaps(settings)
        return mishapsInForce
    }

    mutating func scriptMishap(_ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(body, known: ["mishap", "count", "route"])
        guard let mishap = try body.word("mishap", SandboxMishap.self) else {
            let all = SandboxMishap.allCases.map(\.rawValue).joined(separator: ", ")
            throw SandboxError(description: "The field mishap is missing; name one of: \(all).")
        }
        let count = try body.integer("count", in: 1...1_000_000) ?? 1
        mishaps.script(mishap, count: count, route: try body.word("route", SandboxRoute.self))
        return ["mishap": .string(mishap.rawValue), "count": .integer(count)]
    }

    mutating func switchThrottles(_ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let enabled = try ControlBody(body, known: ["enabled"]).requiredFlag("enabled")
        throttlesEnabled = enabled
        return ["enabled": .bool(enabled)]
    }

    mutating func switchSignIn(_ body: [UInt8]) throws(SandboxError) -> JSONValue {
        requiresSignIn = try ControlBody(body, known: ["required"]).requiredFlag("required")
        return ["required": .bool(requiresSignIn)]
    }

    /// Changes the lifetimes named; the others stay.
    mutating func changeLifetimes(_ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(body, known: lifetimes.named.map(\.name))
        var changed = lifetimes
        for (name, _) in changed.named {
            guard let seconds = try body.integer(name, in: 0...TokenLifetimes.longest) else { continue }
            changed.set(name, seconds)
        }
        try setLifetimes(changed)
        return lifetimesAsJSON
    }

    /// Changes the wordings named; the others stay.
    mutating func changeWordings(_ body: [UInt8]) throws(SandboxError) -> JSONValue {
        let body = try ControlBody(body, known: ["invalidGrant", "invalidClient", "invalidRequest"])
        var changed = wordings
        changed.invalidGrant =
            try body.word("invalidGrant", SandboxWordings.InvalidGrant.self) ?? changed.invalidGrant
        changed.invalidClient =
            try body.word("invalidClient", SandboxWordings.InvalidClient.self) ?? changed.invalidClient
        changed.invalidRequest =
            try body.word("invalidRequest", SandboxWordings.InvalidRequest.self) ?? changed.invalidRequest
        wordings = changed
        return wordingsAsJSON
    }
}
