// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

/// The moment an access token is over, again and again: tasks inside the server, two processes and the exporter want
/// another.
struct ExpiredMoment {
    private let fixture: ProgramsFixture
    private let server: InnerServer
    private let between: InBetween
    private let programs: [CallingProgram]
    private let calls: Int

    init(_ fixture: ProgramsFixture, _ server: InnerServer, _ between: InBetween, calls: Int) async throws {
        self.fixture = fixture
        self.server = server
        self.between = between
        self.calls = calls
        programs = [
            try await .start(fixture, calls: calls, errors: fixture.folder.appending(path: "first.err")),
            try await .start(fixture, calls: calls, errors: fixture.folder.appending(path: "second.err")),
        ]
    }

    func end() async throws {
        for program in programs { try await program.end() }
    }

    /// One round.
    ///
    /// The first token answer is kept back until everybody asks, so that nobody gets along with what another
    /// fetched a moment earlier. What the callers read with their token is answered by a 503, which costs nobody
    /// much time: what counts is the token they come with.
    ///
    /// - Returns: How many token requests the sandbox has counted in it.
    func round(_ number: Int) async throws -> Int {
        let before = try await fixture.counters().tokenRequests
        let left = try await secondsLeft()
        let seen = between.passed.count
        between.next("/tokens/bearer", .hold)
        try await fixture.sandbox.advanceClock(seconds: 3_700)
        // Daybook reads the clock four times a second, so this ends soon.
        while try await secondsLeft() > left - 3_600 {}
        try await record(number)
        for program in programs { try program.begin() }
        let begun = InnerServer.Begun()
        let (server, calls) = (server, calls)
        async let inner = server.tokens(wanted: calls, begun: begun)
        try await between.untilHeld()
        for program in programs { try await program.untilBegun() }
        await begun.until(calls)
        // While these are answered, those that are on their way are read.
        for _ in 1...25 { guard await fixture.server.isUp() else { throw CommandFailure("Daybook is not up.") } }
        between.release()
        for program in programs { try await program.untilAnswered(422) }
        try checkTokens(between.passed.dropFirst(seen), inner: try await inner)
        while try await waiting() > 0 {}
        return try await fixture.counters().tokenRequests - before
    }

    /// Every call came with the new token, and none twice; the tasks inside the server have the same.
    private func checkTokens(_ passed: ArraySlice<InBetween.Exchange>, inner: Set<String>) throws {
        let reads = passed.filter { $0.request.head.path?.contains("/companyinfo/") == true }
        let tokens = Set(reads.map { $0.request.head.headerFields[.authorization] })
        guard reads.count == calls * programs.count, tokens == Set(inner.map { "Bearer \($0)" }), tokens.count == 1
        else {
            throw CommandFailure(
                "\(reads.count) calls came with \(tokens.count) tokens, the tasks have \(inner.count).")
        }
    }

    /// The seconds that are left of the idle clock, which tell what time Daybook has.
    private func secondsLeft() async throws -> Int {
        struct Told: Decodable {
            struct Clock: Decodable {
                let secondsLeft: Int
            }
            let idleClock: Clock
        }
        return try await fixture.server.get("/api/v1/connections/1?history=0", as: Told.self).idleClock.secondsLeft
    }

    /// Something for the exporter to send.
    private func record(_ number: Int) async throws {
        let text = Fixtures.json.replacing("PAY-9", with: "PAY-\(number)")
        let answer = try await fixture.server.call(
            .post, "/api/v1/transactions", body: Array(text.utf8), contentType: "application/json")
        guard (200...201).contains(answer.statusCode) else {
            throw CommandFailure("Daybook took no transaction: \(String(decoding: answer.body, as: UTF8.self))")
        }
    }

    private func waiting() async throws -> Int {
        struct Told: Decodable {
            let counts: [String: Int]
        }
        let counts = try await fixture.server.get("/api/v1/exports/counts", as: Told.self).counts
        return ["pending", "exporting", "checking"].reduce(0) { $0 + (counts[$1] ?? 0) }
    }
}
