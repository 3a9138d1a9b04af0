// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("Scenario 3: the answer is cut within its body, after any byte")
struct CutAnswerTests {
    private static let answer = #"""
        {"token_type":"bearer","access_token":"eyJlbmMiOiJBMTI4Q0JDLUhTMjU2In0..new","expires_in":3600,\#
        "refresh_token":"RT1-99-H0-1795000000new","x_refresh_token_expires_in":8726400}
        """#

    @Test(
        "before the refresh token is whole no field is applied, whether the cut is seen or not",
        arguments: [true, false])
    func everyByte(isSeen: Bool) async throws {
        let (world, interposer) = try World.watched(seed: 721)
        try await world.setUp()
        let before = try await world.grant()
        world.advance(by: .seconds(3_700))
        let whole = Array(Self.answer.utf8)
        let end = try #require(Self.answer.range(of: #"new","x_"#)).lowerBound
        for length in 0..<(isSeen ? whole.count : Self.answer.utf8.distance(from: Self.answer.startIndex, to: end) + 4)
        {
            let part = String(decoding: whole.prefix(length), as: UTF8.self)
            interposer.answer { request in
                guard request.isForTokens else { return nil }
                return isSeen
                    ? .failure(.connectionFailed(sentBytes: true, reason: "cut within the body")) : .status(200, part)
            }
            _ = try await world.worker.keeper.token(for: World.connection)
            #expect(try await world.grant() == before, "cut after \(length) bytes")
            world.advance(by: .seconds(301))
        }
        interposer.answer { $0.isForTokens ? .status(200, Self.answer) : nil }
        _ = try await world.worker.keeper.token(for: World.connection)
        #expect(try await world.grant().refreshToken == Secret("RT1-99-H0-1795000000new"))
        #expect(try await world.cause() == nil)
    }

    @Test("after the refresh token, that is kept and tried at once, and of the access token nothing is believed")
    func afterTheToken() async throws {
        let whole = Array(Self.answer.utf8)
        let end = try #require(Self.answer.range(of: #"new","x_"#)).lowerBound
        let first = Self.answer.utf8.distance(from: Self.answer.startIndex, to: end) + 4
        for length in first..<whole.count {
            let (world, interposer) = try World.watched(seed: 723)
            try await world.setUp()
            let before = try await world.grant()
            world.advance(by: .seconds(3_700))
            let part = String(decoding: whole.prefix(length), as: UTF8.self)
            interposer.answerOnce { $0.isForTokens ? .status(200, part) : nil }
            _ = try await world.worker.keeper.token(for: World.connection)
            let after = try await world.grant()
            #expect(after.refreshToken == Secret("RT1-99-H0-1795000000new"), "cut after \(length) bytes")
            #expect(after.previousTokens == [before.refreshToken])
            #expect(after.accessToken == before.accessToken && after.refreshedAt == before.refreshedAt)
            interposer.answer { $0.isForTokens ? .status(200, Self.answer) : nil }
            guard case .usable = try await world.worker.keeper.token(for: World.connection) else {
                Issue.record("it was not tried at once")
                return
            }
            #expect(interposer.refreshTokensSent.last == "RT1-99-H0-1795000000new")
            #expect(try await world.notes(.warned) == 0, "no second program did this")
        }
    }

    @Test(
        "a rotation cut on the way: with grace the next call gets it, without it a person is asked", arguments: [0, 30])
    func rotation(overlap: Int) async throws {
        let (world, _) = try World.watched(seed: 722) { $0.lifetimes.overlap = overlap }
        try await world.setUp()
        let before = try await world.grant()
        world.advance(by: .seconds(90_000))
        world.sandbox.nextMishap(.cutBody, route: .token)
        try await world.keep(for: .seconds(60))
        if overlap == 0 {
            #expect(try await world.cause() == .answerLost)
            #expect(try await world.grant() == before, "what is dead is not overwritten")
        } else {
            #expect(try await world.cause() == nil)
            #expect(try await world.grant().refreshToken != before.refreshToken)
            #expect(try await world.notes(.warned) == 0)
        }
    }
}
