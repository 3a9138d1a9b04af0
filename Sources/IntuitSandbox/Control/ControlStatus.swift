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
            "lifetimes": lifetimesAsJSON,
            "realms": .array(companies.map(Self.realm)),
            "apps": .array(registry.allKeys.map(Self.app)),
            "counters": countersAsJSON,
            "mishaps": mishapsInForce,
        ]
    }

    var mishapsInForce: JSONValue {
        let settings = mishaps.settings
        let rates = settings.rates.map { ($0.rawValue, JSONValue.number(Decimal($1))) }
        return [
            "rates": .object(Dictionary(rates) { first, _ in first }),
            "routes": .strings(settings.routes.map(\.rawValue).sorted()),
            "longestLateCommitSeconds": .seconds(longestLateCommit),
            "longestLatencySeconds": .seconds(settings.longestLatency),
            "requestId": .string(settings.requestIDs.rawValue),
        ]
    }

    var lifetimesAsJSON: JSONValue {
        [
            "accessSeconds": .integer(lifetimes.access), "refreshIdleSeconds": .integer(lifetimes.refreshIdle),
            "refreshHardSeconds": .integer(lifetimes.refreshHard),
            "rotationWindowSeconds": .integer(lifetimes.rotationWindow),
            "overlapSeconds": .integer(lifetimes.overlap), "codeSeconds": .integer(lifetimes.code),
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

    private static func realm(_ company: CompanyFile) -> JSONValue {
        [
            "realmId": .string(company.realmID), "name": .string(company.name),
            "subscriptionActive": .bool(company.subscriptionIsActive),
        ]
    }

    private static func app(_ app: SandboxApp) -> JSONValue {
        [
            "clientId": .string(app.clientID), "clientSecret": .string(app.clientSecret),
            "environment": .string(app.environment.rawValue), "redirectUris": .strings(app.redirectURIs),
            "allowed": .bool(app.isAllowed),
        ]
    }
}
