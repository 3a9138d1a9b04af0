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

    @Test("no field of a part is applied, whether the cut is seen or not", arguments: [true, false])
    func everyByte(isSeen: Bool) async throws {
        let (world, interposer) = try World.watched(seed: 721)
        try await world.setUp()
        let before = try await world.grant()
        world.advance(by: .seconds(3_700))
        let whole = Array(Self.answer.utf8)
        for length in 0..<whole.count {
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
