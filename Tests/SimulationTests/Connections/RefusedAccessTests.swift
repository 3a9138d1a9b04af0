// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import IntuitSandbox
import Testing

@Suite("QuickBooks refuses the access token, or the writing")
struct RefusedAccessTests {
    private static let gateway403 = #"""
        {"fault":{"error":[{"message":"message=ApplicationAuthorizationFailed; errorCode=003100; statusCode=403",\#
        "detail":null,"code":"3100","element":null}],"type":"SERVICE"}}
        """#
    private static let gateway401 = #"""
        {"fault":{"error":[{"message":"message=AuthenticationFailed; errorCode=003200; statusCode=401",\#
        "detail":"Token rejected","code":"3200","element":null}],"type":"AUTHENTICATION"}}
        """#

    private func world(seed: UInt64, _ count: Int) async throws -> (World, Interposer) {
        let (world, interposer) = try World.watched(seed: seed)
        try await world.setUp()
        try await world.take(try World.trade(seed: seed, count: count))
        return (world, interposer)
    }

    @Test("a 401 that lasts makes no storm of calls: tokens are asked for ever more rarely; people are told")
    func lasting401() async throws {
        let (world, interposer) = try await world(seed: 60, 5)
        interposer.answer { $0.isForCompany ? .status(401, Self.gateway401) : nil }
        var perHour: [Int] = []
        for _ in 0..<6 {
            let before = interposer.count("/tokens/bearer")
            try await world.pass(.seconds(3_600))
            perHour.append(interposer.count("/tokens/bearer") - before)
        }
        #expect(perHour[0] <= 18)
        #expect(perHour.dropFirst().allSatisfy { $0 <= 12 && $0 < perHour[0] })
        #expect(try await world.cause() == .accessRefused)
        #expect(try await world.stored().status == .connected)
        #expect(try await world.count(.error) == 0)
        interposer.answer(nil)
        try await world.drain()
        #expect(try await world.count(.exported) == 5)
        #expect(try await world.cause() == nil)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("a 403 without Intuit's code is an outage, and ends by itself")
    func proxy403() async throws {
        let (world, interposer) = try await world(seed: 61, 5)
        interposer.answer { $0.isForCompany ? .status(403, "<html>Forbidden</html>", type: "text/html") : nil }
        try await world.pass(.seconds(1_800))
        #expect(try await world.stored().status == .connected)
        #expect(try await world.cause() == .quickBooksUnreachable)
        #expect(try await world.count(.error) == 0)
        interposer.answer(nil)
        try await world.drain()
        #expect(try await world.count(.exported) == 5)
        #expect(try await world.cause() == nil)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("a 403 with Intuit's 3100 is a broken connection; all go out after a reconnect")
    func forbiddenCompany() async throws {
        let (world, interposer) = try await world(seed: 62, 5)
        interposer.answer { $0.isForCompany ? .status(403, Self.gateway403) : nil }
        try await world.pass(.seconds(1_800))
        #expect(try await world.stored().status == .broken)
        #expect(try await world.cause() == .companyRefused)
        #expect(try await world.count(.error) == 0)
        interposer.answer(nil)
        try await world.connect()
        try await world.drain()
        #expect(try await world.count(.exported) == 5)
        #expect(try await Judge.complaints(about: world) == [])
    }

    @Test("a lapsed subscription is tried about every ten minutes; after renewal all go out, once")
    func lapsed() async throws {
        let (world, interposer) = try await world(seed: 63, 40)
        try world.lapse(true)
        try await world.pass(.seconds(2 * 3_600))
        let tries = interposer.count("/batch")
        #expect((10...13).contains(tries), "it was tried \(tries) times in two hours")
        #expect(try await world.cause() == .subscriptionLapsed)
        #expect(try await world.count(.error) == 0)
        try world.lapse(false)
        try await world.pass(.seconds(700))
        #expect(try await world.count(.exported) == 40)
        #expect(try await world.cause() == nil)
        #expect(try await Judge.complaints(about: world) == [])
    }
}
