// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("What waits for its connection")
struct WaitingTests {
    private static func fault(_ code: String) -> Interposer.Reply {
        .status(400, #"{"Fault":{"Error":[{"Message":"m","Detail":"d","code":"\#(code)"}],"type":"ValidationFault"}}"#)
    }

    private func world(seed: UInt64, _ reply: @escaping @Sendable () -> Interposer.Reply) async throws -> (
        World, Interposer
    ) {
        let (world, interposer) = try World.watched(seed: seed)
        try await world.setUp()
        interposer.answer { $0.isBatch ? reply() : nil }
        try await world.take(try World.trade(seed: seed, count: 12))
        try await world.pass(.seconds(300))
        return (world, interposer)
    }

    @Test(
        "is Pending, whatever keeps it: the plan, the rights, the subscription, the company or the line",
        arguments: [
            ("5020", ConnectionTrouble.Cause.notAllowed), ("5030", .notAllowed), ("6190", .subscriptionLapsed),
            ("cut", .quickBooksUnreachable),
        ])
    func pending(_ code: String, _ cause: ConnectionTrouble.Cause) async throws {
        let (world, interposer) = try await world(seed: 60) {
            code == "cut" ? .failure(.connectionFailed(sentBytes: false, reason: "refused")) : Self.fault(code)
        }
        #expect(try await world.cause() == cause)
        let states = try await world.counts().filter { $0.value > 0 }
        #expect(states == [.pending: 12])
        interposer.answer(nil)
        try await world.drain()
        #expect(try await world.count(.exported) == 12)
        #expect(try await world.cause() == nil)
        #expect(try await Judge.complaints(about: world) == [])
    }
}
