// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import IntuitSandbox

/// What a world is like; everything follows from it and its seed.
struct WorldPlan: Sendable {
    var seed: UInt64
    var mishaps = SandboxMishapSettings()
    var throttles = true
    var inFlightHorizon: Duration = .seconds(130)
    /// Whether QuickBooks refuses a journal number that is in use (a setting of the company).
    var refusesTakenNumbers = true
    /// Seconds by which Daybook's clock differs from Intuit's.
    var clockOffset: TimeInterval = 0
    /// Keeps the database in a file that a restart opens anew.
    var usesFile = false
    /// Whether neither epoch file nor QuickBooks is asked whether the database is a restored copy, to show that the
    /// simulation notices what comes of it.
    var isBlind = false
    /// How long Intuit's tokens live, and whether it forgives the refresh token before the last.
    var lifetimes = TokenLifetimes()
    /// How often a lost answer is a connection cut at once; else the deadline passes.
    var cutShare = 1.0
    /// Between our transport and Intuit, for a test that bends answers.
    var interposed: @Sendable (any HTTPTransport) -> any HTTPTransport = { $0 }

    static let start = Date(timeIntervalSince1970: 1_795_000_000)
    static let realmID = "9341453908059321"

    /// Every mishap, each at 2 to 5 % of calls.
    static func rates(_ random: inout SeededGenerator) -> [SandboxMishap: Double] {
        Dictionary(
            uniqueKeysWithValues: SandboxMishap.allCases.map { ($0, Double.random(in: 0.02...0.05, using: &random)) })
    }
}
