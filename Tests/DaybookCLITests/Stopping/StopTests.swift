// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import DaybookWeb
import Foundation
import HTTPTransport
import HTTPTypes
import Testing

/// The real `daybook serve`, told to stop at the worst moments for its tokens.
@Suite("Asked to stop while Intuit's answers are on their way", .timeLimit(.minutes(15)))
struct StopTests {
    private static let path = "/api/v1/connections/1/test"

    private func withTown(_ body: (ProgramsFixture, InBetween) async throws -> Void) async throws {
        try await withFolder { folder in
            try await ProgramsFixture.with(folder) { fixture in
                try await InBetween.with(fixture.sandbox.address) { between in try await body(fixture, between) }
            }
        }
    }

    @Test("a rotation under way is waited for and its token stored: the next start has it and asks for none")
    func rotationUnderWay() async throws {
        try await withTown { fixture, between in
            let daybook = try await fixture.startDaybook(by: between)
            try await fixture.connect()
            let asked = try await fixture.counters().tokenRequests
            between.next("/tokens/bearer", .hold)
            try await fixture.makeRotationDue()
            try await between.untilHeld()
            async let ending = daybook.end(with: SIGTERM)
            await fixture.untilTold()
            between.release()
            let status = await ending
            #expect(status == 0)
            #expect(try daybook.errors().isEmpty)
            let next = try await fixture.startDaybook(by: between)
            let test = try await fixture.server.call(
                .post, Self.path, body: Array("{}".utf8), contentType: "application/json")
            #expect(test.statusCode == 200, "the access token of before has been over for a day")
            let told = try await RemoteConnectionBackend(server: fixture.server).connection(1, history: 10)
            #expect(told.status == "connected")
            #expect(told.history.count { $0.kind == "rotated" } == 1)
            #expect(try await fixture.counters().tokenRequests == asked + 1)
            _ = await next.end(with: SIGTERM)
        }
    }

    @Test("once it is told it asks for no token, though a rotation is due while a batch and a call are answered")
    func rotationDue() async throws {
        try await withTown { fixture, between in
            let daybook = try await fixture.startDaybook(by: between)
            try await fixture.connect()
            try await fixture.fillAccountNumbers()
            let before = try await fixture.counters()
            between.next("/batch", .hold)
            try await fixture.record("PAY-1")
            try await between.untilHeld()
            // Somebody waits for the server too: until it has answered, the loops go on.
            between.next("/companyinfo/", .hold)
            let server = fixture.server
            async let page = server.call(
                .post, Self.path, body: Array("{}".utf8), contentType: "application/json")
            while between.waitingConducts > 0 { _ = try await fixture.counters() }
            try await fixture.record("PAY-2")
            async let ending = daybook.end(with: SIGTERM)
            await fixture.untilTold()
            try await fixture.makeRotationDue()
            try await fixture.untilLoopsHaveLooked(by: between)
            between.release()
            // Without a token it can't be good news; it is answered all the same.
            let answer = try await page
            #expect(String(decoding: answer.body, as: UTF8.self).contains("Daybook is being stopped"))
            let status = await ending
            #expect(status == 0)
            #expect(try await fixture.counters().tokenRequests == before.tokenRequests)
            let next = try await fixture.startDaybook(by: between)
            let counts = try await DrainWatch(server: server, sandbox: fixture.sandbox, isQuiet: true).untilDrained()
            #expect(counts["exported"] == 2)
            let after = try await fixture.counters()
            #expect(after.tokenRequests == before.tokenRequests + 1, "what was due is done after the start")
            #expect(after.allDocuments == before.allDocuments + 2)
            _ = await next.end(with: SIGTERM)
        }
    }
}
