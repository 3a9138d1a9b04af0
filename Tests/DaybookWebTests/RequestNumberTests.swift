// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
@testable import DaybookWeb
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("The number of a request")
struct RequestNumberTests {
    private func number(_ answer: Visitor.Answer) -> String { answer.headers[.xRequestID] ?? "none" }

    @Test("is in every answer, each time another")
    func everyAnswer() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                var seen: Set<String> = []
                for path in ["/", "/exports", "/nowhere", "/api/v1/exports", "/api/x", "/health", "/assets/icon.svg"] {
                    let number = number(try await visitor.open(path))
                    #expect(number.wholeMatch(of: /[0-9a-f]{16}/) != nil, "\(path): \(number)")
                    seen.insert(number)
                }
                #expect(seen.count == 7)
            }
        }
    }

    @Test("is on error pages, for the person who helps")
    func errorPage() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let answer = try await visitor.open("/nowhere")
                #expect(answer.words.contains("give them this number: \(number(answer))"))
                #expect(try await !visitor.open("/exports").words.contains("give them this number"))
            }
        }
    }

    @Test("is the reference of a fault of Daybook's, by which the log is searched")
    func reference() async throws {
        struct DiskOnFire: Error {}
        try await SiteFixture.open { fixture in
            let router = Router(context: SiteContext.self)
            let log = fixture.failures
            router.add(middleware: RequestGate(randomness: SystemRandomness()) { _ in })
            router.add(middleware: FailureAnswers(pages: fixture.pages, onFailure: { log.add($0) }))
            router.get("exports/{serial}") { _, _ -> Response in throw DiskOnFire() }
            try await Application(router: router).test(.router) { client in
                let answer = try await Visitor(client).open("/exports/7")
                #expect(fixture.failures.all.map(\.reference) == [number(answer)])
            }
        }
    }

    @Test("is not one that a stranger sends")
    func stranger() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                let answer = try await visitor.send(.get, "/exports", headers: [.xRequestID: "chosen-1"])
                #expect(answer.status == 200 && number(answer) != "chosen-1" && number(answer).count == 16)
            }
        }
    }

    @Test("of a trusted proxy counts if it can do no harm in a header, a page or a line", arguments: [true, false])
    func proxy(isTrusted: Bool) async throws {
        struct Trusting: RouterMiddleware {
            let isTrusted: Bool
            @concurrent
            func handle(
                _ request: Request, context: SiteContext,
                next: @concurrent (Request, SiteContext) async throws -> Response
            ) async throws -> Response {
                var context = context
                context.isFromTrustedProxy = isTrusted
                return try await next(request, context)
            }
        }
        let router = Router(context: SiteContext.self)
        router.add(middleware: Trusting(isTrusted: isTrusted))
        router.add(middleware: RequestGate(randomness: SystemRandomness()) { _ in })
        router.get("x") { _, _ in RequestNumber.current?.text ?? "none" }
        let long = String(repeating: "a", count: 64)
        try await Application(router: router).test(.router) { client in
            let visitor = Visitor(client)
            for (value, isGood) in [
                ("A.b_c-9", true), (long, true), (long + "a", false), ("a b", false), ("<b>", false), ("é", false),
                ("a\"b", false), ("", false),
            ] {
                let answer = try await visitor.send(.get, "/x", headers: [.xRequestID: value])
                #expect((number(answer) == value) == (isGood && isTrusted), "\(value)")
                #expect(answer.text == number(answer), "the task carries it")
            }
            var twice: HTTPFields = [.xRequestID: "one"]
            twice.append(HTTPField(name: .xRequestID, value: "two"))
            #expect(number(try await visitor.send(.get, "/x", headers: twice)).count == 16)
        }
    }

    @Test("is carried to what the desk tells of it, with the exports that it changed")
    func act() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.record(SiteFixture.invoice("1"), SiteFixture.invoice("2"))
            try await fixture.visit { visitor in
                let held = try await visitor.call(.post, "/api/v1/exports/hold", json: #"{"serials":[2,9]}"#)
                #expect(fixture.heard.acts == [.acted(.verb(.hold), by: .anybody, on: Act.Subject(exports: [2]))])
                #expect(fixture.heard.requests.last == number(held))
            }
        }
    }

    @Test("is in the line about a request that is refused, which names its route and nothing that was sent")
    func refusals() async throws {
        try await SiteFixture.open { fixture in
            try await fixture.visit { visitor in
                _ = try await visitor.open("/exports")
                _ = try await visitor.open("/api/v1/exports/99")
                _ = try await visitor.open("/api/v1/exports?pageSize=501")
                _ = try await visitor.call(.post, "/api/v1/transactions", json: "[{}]")
                _ = try await visitor.open("/nowhere?name=Ann")
                #expect(
                    fixture.refusals.all == [
                        "404 GET /api/v1/exports/{serial}", "400 GET /api/v1/exports", "422 POST /api/v1/transactions",
                        "404 GET NotFound",
                    ])
            }
        }
    }
}
