// SPDX-License-Identifier: Apache-2.0
import Foundation
import HTTPTransport
import HTTPTypes
import IntuitSandbox
import Testing

@Suite("Mishaps")
struct MishapTests {
    let company: CompanyCaller

    init() throws { company = try CompanyCaller() }

    @Test("A dropped answer costs the whole deadline, and the work is done")
    func answerDropped() async throws {
        company.sandbox.nextMishap(.answerDroppedAfterCommit)
        await #expect(throws: TransportError.timedOut(sentBytes: true)) { try await company.create("One") }
        #expect(company.sandbox.now == startOfTests.addingTimeInterval(60))
        #expect(try await company.count("One") == 1)
    }

    @Test("A call dropped before its commit leaves nothing behind")
    func dropped() async throws {
        company.sandbox.nextMishap(.droppedBeforeCommit)
        await #expect(throws: TransportError.timedOut(sentBytes: true)) { try await company.create("One") }
        company.sandbox.advance(by: .seconds(300))
        #expect(try await company.count("One") == 0)
    }

    @Test("A refused connection is known to have sent nothing")
    func refused() async throws {
        company.sandbox.nextMishap(.connectionRefused)
        await #expect(throws: TransportError.connectionFailed(sentBytes: false, reason: "refused")) {
            try await company.create("One")
        }
        #expect(company.sandbox.now == startOfTests)
        #expect(try await company.count("One") == 0)
    }

    @Test("A late commit comes after the cut and within the longest late commit, for writes and batches")
    func late() async throws {
        try company.sandbox.setMishaps(SandboxMishapSettings(seed: 5, longestLateCommit: .seconds(100)))
        #expect(company.sandbox.longestLateCommit == .seconds(100))
        company.sandbox.nextMishap(.committedLate, count: 2)
        await #expect(throws: TransportError.timedOut(sentBytes: true)) { try await company.create("Write") }
        await #expect(throws: TransportError.timedOut(sentBytes: true)) { try await company.batch("Batch") }
        company.sandbox.advance(by: .seconds(100))
        #expect(company.sandbox.counters.lateCommits == 2)
        #expect(company.sandbox.counters.lateCommitsWaiting == 0)
        #expect(try await company.count("Write") == 1)
        #expect(try await company.count("Batch") == 1)
    }

    @Test("Until a late commit is due a look finds nothing")
    func notYet() async throws {
        let company = try CompanyCaller { $0.longestLateCommit = .seconds(86_000) }
        company.sandbox.nextMishap(.committedLate)
        await #expect(throws: TransportError.timedOut(sentBytes: true)) { try await company.create("One") }
        #expect(company.sandbox.counters.lateCommitsWaiting == 1)
        #expect(try await company.count("One") == 0)
    }

    @Test("A read that was to commit late only loses its answer")
    func lateRead() async throws {
        company.sandbox.nextMishap(.committedLate)
        await #expect(throws: TransportError.timedOut(sentBytes: true)) { try await company.read() }
        #expect(company.sandbox.counters.lateCommitsWaiting == 0)
    }

    @Test("Status 500 says the same whether or not the work was done")
    func systemFailure() async throws {
        company.sandbox.nextMishap(.error500BeforeCommit)
        let before = try await company.create("Before")
        company.sandbox.nextMishap(.error500AfterCommit)
        let after = try await company.create("After")
        #expect(before.statusCode == 500)
        #expect(before.text.contains("\"10000\""))
        #expect(before.body == after.body)
        #expect(try await company.count("Before") == 0)
        #expect(try await company.count("After") == 1)
    }

    @Test("503 and a web page with status 200 look the same whatever was done: the one after it, the other without it")
    func webPages() async throws {
        company.sandbox.nextMishap(.unavailable503AfterCommit)
        company.sandbox.nextMishap(.webPage200)
        let unavailable = try await company.create("After")
        let page = try await company.create("Never")
        #expect(unavailable.statusCode == 503 && unavailable.text.contains("<html>"))
        #expect(page.statusCode == 200 && page.text.contains("<html>"))
        #expect(try await company.count("After") == 1)
        #expect(try await company.count("Never") == 0)
    }

    @Test("429 is XML without Retry-After, 503 is HTML, whatever Accept says; neither does the work")
    func gatewayAnswers() async throws {
        company.sandbox.nextMishap(.throttled429)
        company.sandbox.nextMishap(.unavailable503HTML)
        let throttled = try await company.create("One")
        let unavailable = try await company.create("One")
        #expect(throttled.statusCode == 429)
        #expect(throttled.text.contains("<Error code=\"3001\"><Message>message=ThrottleExceeded; errorCode=003001"))
        #expect(try throttled.header("Retry-After") == nil)
        #expect(unavailable.statusCode == 503)
        #expect(unavailable.text.hasPrefix("<html>"))
        #expect(try await company.count("One") == 0)
        #expect(company.sandbox.counters.throttled == 1)
    }

    @Test("Latency moves the stepped clock; beyond the deadline it is a time-out of work that was done")
    func latency() async throws {
        try company.sandbox.setMishaps(SandboxMishapSettings(longestLatency: .seconds(59)))
        company.sandbox.nextMishap(.latency)
        #expect(try await company.create("Slow").statusCode == 200)
        let waited = company.sandbox.now.timeIntervalSince(startOfTests)
        #expect(waited > 0 && waited <= 59)

        try company.sandbox.setMishaps(SandboxMishapSettings(longestLatency: .seconds(10_000_000)))
        company.sandbox.nextMishap(.latency)
        await #expect(throws: TransportError.timedOut(sentBytes: true)) { try await company.create("Slower") }
        #expect(abs(company.sandbox.now.timeIntervalSince(startOfTests) - waited - 60) < 0.001)
        #expect(try await company.count("Slower") == 1)
    }

    @Test("A cut body is a cut connection in process, and part of the bytes on a port")
    func cutBody() async throws {
        company.sandbox.nextMishap(.cutBody)
        await #expect(throws: TransportError.connectionFailed(sentBytes: true, reason: "cut within the body")) {
            try await company.create("One")
        }
        #expect(try await company.count("One") == 1)

        company.sandbox.nextMishap(.cutBody)
        var head = HTTPRequest(
            method: .get, scheme: "http", authority: "127.0.0.1", path: "/v3/company/\(rentalRealm)/companyinfo/1")
        head.headerFields[.authorization] = "Bearer \(company.token)"
        guard case .cut(let answer, let bytes) = await company.sandbox.respond(to: TransportRequest(head: head)) else {
            Issue.record("The body was not cut.")
            return
        }
        #expect((0..<answer.body.count).contains(bytes))
    }
}
