// SPDX-License-Identifier: Apache-2.0

/// What has happened in a sandbox since it was made.
public struct SandboxCounters: Sendable, Equatable {
    /// Calls that reached the token endpoint.
    public var tokenRequests = 0
    /// Calls that reached the Accounting API, refused ones too.
    public var apiRequests = 0
    /// Answers with status 429, by the limits or by mishap.
    public var throttled = 0
    /// Mishaps that happened.
    public var mishaps: [SandboxMishap: Int] = [:]
    /// Late commits that have come.
    public var lateCommits = 0
    /// Late commits still to come.
    public var lateCommitsWaiting = 0
    /// Documents created in each company, by realm id.
    public var documents: [String: Int] = [:]
}
