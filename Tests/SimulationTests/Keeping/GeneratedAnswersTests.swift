// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Synchronization
import Testing

/// A few in `make test`; `make simulate ARGS=answers` for ten thousand.
@Suite("Thousands of answers of the token endpoint")
struct GeneratedAnswersTests {
    @Test(
        "a refresh token that works keeps the connection alive, whatever it came in; where none came, nothing changes",
        arguments: [UInt64(1), 2, 3, 4])
    func generated(seed: UInt64) async throws {
        let (world, interposer) = try World.watched(seed: 780 + seed)
        try await world.setUp()
        let server = StrictServer(alive: try await world.grant().refreshToken.reveal(), seed: seed)
        interposer.answer { $0.isForTokens ? server.answer(to: $0) : nil }
        var held = 0
        let count = RunSize.documents(600)
        for number in 1...count {
            world.advance(by: .seconds(3_700))
            let before = try await world.grant()
            let answer = server.draw()
            _ = try await world.worker.keeper.token(for: World.connection)
            let what = "seed \(seed), answer \(number): \(answer.text)"
            if !answer.isGrant, before.previousTokens.isEmpty { #expect(try await world.grant() == before, "\(what)") }
            try await settle(world)
            guard try await world.stored().status == .connected, case .usable = try await usable(world) else {
                Issue.record("the connection ended by \(what)")
                return
            }
            let after = try await world.grant()
            let strings = ([after.refreshToken] + after.previousTokens).map { $0.reveal() }
            #expect(strings.contains(server.alive), "\(what)")
            held += answer.refreshTokens.isEmpty ? 0 : 1
        }
        let share = Double(held) / Double(count)
        #expect(share > 0.6 && share < 0.96, "\(held) of \(count) with a refresh token are too tame a draw")
    }

    @Test("the same after a crash: an answer that only the journal has is read by the same rule")
    func afterCrash() async throws {
        let (world, interposer) = try World.watched(seed: 790)
        try await world.setUp()
        let server = StrictServer(alive: try await world.grant().refreshToken.reveal(), seed: 790)
        var crashed = 0
        for number in 1...60 {
            interposer.answer { $0.isForTokens ? server.answer(to: $0) : nil }
            world.advance(by: .seconds(90_000))
            let answer = server.draw()
            let crashes = world.worker.crashes
            // The first call after the answer is the journal's, the second the database's.
            server.beforeAnswer { crashes.crash(at: 2, .before) }
            do {
                _ = try await world.worker.keeper.step(World.connection)
            } catch is Crash {
                crashed += 1
            }
            try await world.restart()
            try await settle(world)
            #expect(try await world.stored().status == .connected, "answer \(number): \(answer.text)")
            let after = try await world.grant()
            let strings = ([after.refreshToken] + after.previousTokens).map { $0.reveal() }
            #expect(strings.contains(server.alive), "answer \(number): \(answer.text)")
        }
        #expect(crashed > 30)
    }

    private func settle(_ world: World) async throws {
        for _ in 0..<12 {
            if case .usable = try await usable(world) { return }
            world.advance(by: .seconds(3))
        }
    }

    private func usable(_ world: World) async throws -> TokenAvailability {
        try await world.worker.keeper.token(for: World.connection)
    }
}

/// Intuit at its strictest: one refresh token is alive, and each answer to it brings the next.
///
/// The first answer after a draw is the drawn one.
private final class StrictServer: Sendable {
    private struct State {
        var random: SeededGenerator
        var alive: String
        var drawn: GeneratedAnswer?
        var count = 0
        var act: (@Sendable () -> Void)?
    }

    private let state: Mutex<State>

    init(alive: String, seed: UInt64) {
        state = Mutex(State(random: SeededGenerator(seed: seed), alive: alive))
    }

    var alive: String { state.withLock(\.alive) }

    func beforeAnswer(_ act: @escaping @Sendable () -> Void) { state.withLock { $0.act = act } }

    func draw() -> GeneratedAnswer {
        state.withLock { state in
            let answer = GeneratedAnswer(&state.random, asked: state.alive)
            state.drawn = answer
            return answer
        }
    }

    func answer(to request: TransportRequest) -> Interposer.Reply {
        let act = state.withLock { state in
            defer { state.act = nil }
            return state.act
        }
        act?()
        return state.withLock { state in
            let sent = String(decoding: request.body, as: UTF8.self)
            if let drawn = state.drawn {
                state.drawn = nil
                guard sent.hasSuffix("=\(state.alive)") else { return .refused }
                // Where several came, any of them may be the one that works.
                if let token = drawn.refreshTokens.randomElement(using: &state.random) { state.alive = token }
                return drawn.reply
            }
            guard sent.hasSuffix("=\(state.alive)") else { return .refused }
            state.count += 1
            state.alive = "RT1-next-\(state.count)"
            return .status(
                200,
                """
                {"token_type":"bearer","access_token":"eyJ.\(state.count)","expires_in":3600,\
                "refresh_token":"\(state.alive)","x_refresh_token_expires_in":8726400}
                """)
        }
    }
}

extension Interposer.Reply {
    fileprivate static var refused: Interposer.Reply { .status(400, #"{"error":"invalid_grant"}"#) }
}

extension GeneratedAnswer {
    fileprivate var text: String { "\(status) \(String(decoding: body, as: UTF8.self))" }

    fileprivate var reply: Interposer.Reply {
        var head = HTTPResponse(status: .init(code: status))
        if !contentType.isEmpty { head.headerFields[.contentType] = contentType }
        head.headerFields[.cacheControl] = "no-cache, no-store"
        return .response(TransportResponse(head: head, body: body))
    }
}
