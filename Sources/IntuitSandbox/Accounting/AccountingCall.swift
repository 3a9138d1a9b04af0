// SPDX-License-Identifier: Apache-2.0

/// One request to a company, after authorisation and throttling: what is left of it below `/v3/company/{realm}`.
struct AccountingCall: Sendable {
    var method: String
    /// The segments after the realm id, percent-decoded.
    var path: [String]
    var query: [String: String]
    var contentType: String?
    var body: [UInt8]
}

/// What the company answers.
struct AccountingAnswer: Sendable {
    var status: Int
    var body: JSONValue
    /// Whether the call changed the company's books or lists.
    var committed: Bool
}

/// What a company does with a `requestid` that has succeeded before: what Intuit promises, and what users reported.
enum RequestIDPolicy: String, Sendable {
    /// The stored answer is given again, and nothing is done.
    case honoured
    /// The `requestid` is not looked at: the act is done again.
    case ignored
    /// A 6000 fault that says to wait a few minutes, and nothing is done.
    case answers6000
}
