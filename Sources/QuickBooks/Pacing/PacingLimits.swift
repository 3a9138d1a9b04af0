// SPDX-License-Identifier: Apache-2.0

/// How many calls a company's connection may make.
///
/// Source: Intuit's page on limits and throttles.
public struct PacingLimits: Sendable, Hashable {
    /// Calls of any kind in any 60 seconds; 500 at Intuit.
    public var requestsPerMinute: Int
    /// Calls of any kind in any second; 10 at Intuit.
    public var requestsPerSecond: Int
    /// Batches in any 60 seconds; 40 at Intuit.
    public var batchesPerMinute: Int
    /// How much of the limits to use, above 0, at most 1.
    ///
    /// At 0.99 the calls' arrival may vary by 0.6 seconds without a limit being exceeded.
    public var safetyMargin: Double

    /// Sets the limits; by default they are Intuit's.
    public init(
        requestsPerMinute: Int = 500, requestsPerSecond: Int = 10, batchesPerMinute: Int = 40,
        safetyMargin: Double = 0.99
    ) {
        precondition(requestsPerMinute > 0 && requestsPerSecond > 0 && batchesPerMinute > 0, "a limit is at least 1")
        precondition(safetyMargin > 0 && safetyMargin <= 1, "a safety margin is above 0 and at most 1")
        self.requestsPerMinute = requestsPerMinute
        self.requestsPerSecond = requestsPerSecond
        self.batchesPerMinute = batchesPerMinute
        self.safetyMargin = safetyMargin
    }
}
