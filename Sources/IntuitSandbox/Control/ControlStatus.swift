// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What the sandbox says about itself.
extension SandboxState {
    var time: JSONValue {
        ["now": .string(now.iso8601), "epochMilliseconds": .integer(Int(now.milliseconds))]
    }

    var status: JSONValue {
        [
            "now": .string(now.iso8601),
            "longestLateCommitSeconds": .seconds(longestLateCommit),
            "seed": .string(String(options.seed)),
            "throttles": ["enabled": .bool(throttlesEnabled)],
            "signIn": ["required": .bool(requiresSignIn)],
            "lifetimes": lifetimesAsJSON,
            "wordings": wordingsAsJSON,
            "realms": .array(companies.map(Self.realm)),
            "users": .array(people.all.map(userAsJSON)),
            "workspaces": .array(registry.workspaces.map(Self.workspace)),
            "apps": .array(registry.allKeys.map(keysAsJSON)),
            "connectedCompanies": .array(connectedCompanies().map(Self.connected)),
            "grants": .array(grants.grants.map(grantAsJSON)),
            "counters": countersAsJSON,
            "mishaps": mishapsInForce,
            "outages": outagesAsJSON,
        ]
    }

    var mishapsInForce: JSONValue {
        let settings = mishaps.settings
        return [
            "rates": Self.shares(settings.rates),
            "tokenRates": settings.tokenRates.map(Self.shares) ?? .null,
            "routes": .strings(settings.routes.map(\.rawValue).sorted()),
            "longestLateCommitSeconds": .seconds(longestLateCommit),
            "longestLatencySeconds": .seconds(settings.longestLatency),
            "longestSilenceSeconds": .seconds(settings.longestSilence),
            "requestId": .string(settings.requestIDs.rawValue),
        ]
    }

    var lifetimesAsJSON: JSONValue {
        .object(Dictionary(lifetimes.named.map { ($0.name, .integer($0.seconds)) }) { first, _ in first })
    }

    var wordingsAsJSON: JSONValue {
        [
            "invalidGrant": .string(wordings.invalidGrant.rawValue),
            "invalidClient": .string(wordings.invalidClient.rawValue),
            "invalidRequest": .string(wordings.invalidRequest.rawValue),
        ]
    }

    private var countersAsJSON: JSONValue {
        let counters = countersNow
        let mishaps = counters.mishaps.map { ($0.rawValue, JSONValue.integer($1)) }
        return [
            "tokenRequests": .integer(counters.tokenRequests), "apiRequests": .integer(counters.apiRequests),
            "throttled": .integer(counters.throttled), "lateCommits": .integer(counters.lateCommits),
            "lateCommitsWaiting": .integer(counters.lateCommitsWaiting),
            "documents": .object(counters.documents.mapValues { .integer($0) }),
            "mishaps": .object(Dictionary(mishaps) { first, _ in first }),
        ]
    }

    private var outagesAsJSON: JSONValue {
        let running = Outages.Endpoint.allCases.compactMap { endpoint in
            outages.outage(of: endpoint, now: now).map { outage -> JSONValue in
                [
                    "endpoint": .string(endpoint.rawValue), "kind": .string(outage.kind.rawValue),
                    "until": .string(outage.until.iso8601), "bytes": outage.bytes.map { .integer($0) } ?? .null,
                ]
            }
        }
        return ["running": .array(running), "answersToBeLost": .integer(lostAnswers.waiting.count)]
    }

    private static func shares(_ rates: [SandboxMishap: Double]) -> JSONValue {
        let members = rates.map { ($0.rawValue, JSONValue.number(Decimal($1))) }
        return .object(Dictionary(members) { first, _ in first })
    }

    private static func realm(_ company: CompanyFile) -> JSONValue {
        [
            "realmId": .string(company.realmID), "name": .string(company.name),
            "subscriptionActive": .bool(company.subscriptionIsActive),
        ]
    }
}
