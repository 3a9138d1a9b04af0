// SPDX-License-Identifier: Apache-2.0

/// Something that goes wrong between a caller and Intuit.
public enum SandboxMishap: String, Sendable, Hashable, CaseIterable {
    /// The call is carried out; its answer is lost.
    case answerDroppedAfterCommit
    /// The call arrives but is not carried out; no answer.
    case droppedBeforeCommit
    /// The connection fails, so no byte is sent. On a port it is the same as ``droppedBeforeCommit``.
    case connectionRefused
    /// The answer is cut off now; the call is carried out up to the longest late commit later. A read or a
    /// token call has nothing to commit late and only loses its answer.
    case committedLate
    /// Not carried out; status 500 with Intuit's fault 10000.
    case error500BeforeCommit
    /// Carried out; status 500 with Intuit's fault 10000.
    case error500AfterCommit
    /// Not carried out; status 429 with an XML body and no Retry-After.
    case throttled429
    /// Not carried out; status 503 with an HTML body.
    case unavailable503HTML
    /// Carried out and answered, late.
    case latency
    /// Carried out; the body of the answer ends early.
    case cutBody
    /// The call is carried out; the connection is cut at once, without a byte of an answer.
    case answerCutAfterCommit
    /// The call is carried out; the connection stays silent, up to the longest silence, and is then cut.
    case answerSilentAfterCommit
    /// Carried out; status 503 with an HTML body.
    case unavailable503AfterCommit
    /// Not carried out; status 200 with a web page, as a captive portal or a maintenance page answers.
    case webPage200
}

/// The kinds of call to which a mishap may happen.
public enum SandboxRoute: String, Sendable, Hashable, CaseIterable {
    /// The token and revocation endpoints.
    case token
    /// Accounting API: create, update, delete.
    case write
    /// Accounting API: read, query, report.
    case read
    /// Accounting API: batch.
    case batch
}

/// What the Accounting API does with a `requestid` that has succeeded before.
public enum SandboxRequestIDs: String, Sendable, Hashable, CaseIterable {
    /// As documented: the first answer again, and nothing is done.
    case honoured
    /// The call is carried out again.
    case ignored
    /// Fault 6000, and nothing is done; reported by users.
    case answers6000

    var policy: RequestIDPolicy {
        switch self {
        case .honoured: .honoured
        case .ignored: .ignored
        case .answers6000: .answers6000
        }
    }
}

/// Which mishaps happen how often.
public struct SandboxMishapSettings: Sendable, Equatable {
    /// For each mishap the share of calls to which it happens, 0 to 1; together at most 1.
    public var rates: [SandboxMishap: Double]
    /// The rates for calls of the token endpoint; nil lets ``rates`` and ``routes`` decide.
    public var tokenRates: [SandboxMishap: Double]?
    /// The calls concerned by ``rates``.
    ///
    /// Calls of the token endpoint are concerned only if they are named.
    public var routes: Set<SandboxRoute>
    /// Seeds the draws; nil keeps the sandbox's own seed.
    public var seed: UInt64?
    /// How late a late commit may come at most; nil keeps ``SandboxOptions/longestLateCommit``.
    public var longestLateCommit: Duration?
    /// The longest latency.
    public var longestLatency: Duration
    /// The longest silence before a cut.
    public var longestSilence: Duration
    /// What happens with a repeated `requestid`.
    public var requestIDs: SandboxRequestIDs

    /// No mishaps unless rates are given.
    public init(
        rates: [SandboxMishap: Double] = [:],
        tokenRates: [SandboxMishap: Double]? = nil,
        routes: Set<SandboxRoute> = [.write, .read, .batch],
        seed: UInt64? = nil,
        longestLateCommit: Duration? = nil,
        longestLatency: Duration = .seconds(2),
        longestSilence: Duration = .seconds(8),
        requestIDs: SandboxRequestIDs = .honoured
    ) {
        self.rates = rates
        self.tokenRates = tokenRates
        self.routes = routes
        self.seed = seed
        self.longestLateCommit = longestLateCommit
        self.longestLatency = longestLatency
        self.longestSilence = longestSilence
        self.requestIDs = requestIDs
    }
}
