// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Ten thousand answers of the token endpoint")
struct GeneratedAnswersTests {
    @Test("stored tokens change for a valid grant, and for nothing else", arguments: [UInt64(1), 2, 3, 4])
    func generated(seed: UInt64) async throws {
        let (world, interposer) = try World.watched(seed: 780 + seed)
        try await world.setUp()
        var random = SeededGenerator(seed: seed)
        var granted = 0
        for number in 1...2_500 {
            let answer = GeneratedAnswer(&random)
            interposer.answer { $0.isForTokens ? answer.reply : nil }
            // Past every token and every wait.
            world.advance(by: .seconds(3_700))
            let before = try await world.grant()
            // A refusal that came twice ended the connection; here it lives on, to meet the other answers.
            try await world.storage.setTrouble(
                nil, on: World.connection, generation: before.generation, note: nil)
            _ = try await world.worker.keeper.token(for: World.connection)
            let after = try await world.grant()
            if let grant = answer.grant {
                granted += 1
                let isApplied =
                    after.accessToken == Secret(grant.access)
                    && after.refreshToken == (grant.refresh.map(Secret.init) ?? before.refreshToken)
                #expect(isApplied, "seed \(seed), answer \(number): a grant was not taken")
            } else {
                #expect(before == after, "seed \(seed), answer \(number): \(answer.text)")
            }
        }
        #expect(granted > 400 && granted < 2_000, "\(granted) grants are too tame a draw")
    }
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
