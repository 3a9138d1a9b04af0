// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

/// The moment an access token is over, again and again, with two processes and the exporter who want another.
struct ExpiredMoment {
    private let town: Town
    private let between: InBetween
    private let programs: [CallingProgram]

    init(_ town: Town, _ between: InBetween, calls: Int) async throws {
        self.town = town
        self.between = between
        programs = [
            try await .start(town, calls: calls, errors: town.folder.appending(path: "first.err")),
            try await .start(town, calls: calls, errors: town.folder.appending(path: "second.err")),
        ]
    }

    func end() async throws {
        for program in programs { try await program.end() }
    }

    /// One round.
    ///
    /// The first token answer is kept back until everybody asks, so that nobody gets along with what another
    /// fetched a moment earlier.
    ///
    /// - Returns: How many token requests the sandbox has counted in it.
    func round(_ number: Int) async throws -> Int {
        let before = try await town.counters().tokenRequests
        let left = try await secondsLeft()
        between.next("/tokens/bearer", .hold)
        try await town.sandbox.advanceClock(seconds: 3_700)
        // What Daybook reads four times a second it has read soon.
        while try await secondsLeft() > left - 3_600 {}
        try await record(number)
        for program in programs { try program.begin() }
        await between.untilHeld()
        for program in programs { try await program.untilBegun() }
        // While these are answered, those that are on their way are read.
        for _ in 1...25 { guard await town.server.isUp() else { throw CommandFailure("Daybook is not up.") } }
        between.release()
        for program in programs { try await program.untilAnswered() }
        while try await waiting() > 0 {}
        return try await town.counters().tokenRequests - before
    }

    /// Of the idle clock, which tells what time Daybook has.
    private func secondsLeft() async throws -> Int {
        struct Told: Decodable {
            struct Clock: Decodable {
                let secondsLeft: Int
            }
            let idleClock: Clock
        }
        return try await town.server.get("/api/v1/connections/1?history=0", as: Told.self).idleClock.secondsLeft
    }

    /// Something for the exporter to send.
    private func record(_ number: Int) async throws {
        let text = Papers.json.replacing("PAY-9", with: "PAY-\(number)")
        let answer = try await town.server.call(
            .post, "/api/v1/transactions", body: Array(text.utf8), contentType: "application/json")
        guard (200...201).contains(answer.statusCode) else {
            throw CommandFailure("Daybook took no transaction: \(String(decoding: answer.body, as: UTF8.self))")
        }
    }

    private func waiting() async throws -> Int {
        struct Told: Decodable {
            let counts: [String: Int]
        }
        let counts = try await town.server.get("/api/v1/exports/counts", as: Told.self).counts
        return ["pending", "exporting", "checking"].reduce(0) { $0 + (counts[$1] ?? 0) }
    }
}
