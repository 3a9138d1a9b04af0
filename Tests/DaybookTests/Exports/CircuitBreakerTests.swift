// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("The circuit breaker of a company")
struct CircuitBreakerTests {
    private static func time(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }

    private static let phases: [String: CircuitBreaker.Phase] = [
        "closed": .closed, "open": .open(requestID: "r1", since: time(1)), "halfOpen": .halfOpen(since: time(1)),
    ]

    private static let events: [String: CircuitBreaker.Event] = [
        "unknown": .outcomeUnknown(requestID: "r2", at: time(9)), "looked": .looked, "settled": .envelopeSettled,
        "answered": .answered, "found": .found,
    ]

    /// Where each pair leads; a pair that is not here changes nothing.
    private static let moves: [String: CircuitBreaker.Phase] = [
        "closed unknown": .open(requestID: "r2", since: time(9)),
        "open unknown": .open(requestID: "r2", since: time(1)), "open settled": .halfOpen(since: time(1)),
        "halfOpen unknown": .open(requestID: "r2", since: time(1)), "halfOpen answered": .closed,
    ]

    @Test("every event in every phase")
    func everyPair() {
        for (phaseName, phase) in Self.phases {
            for (eventName, event) in Self.events {
                var breaker = CircuitBreaker(phase: phase)
                breaker.apply(event)
                #expect(breaker.phase == Self.moves["\(phaseName) \(eventName)"] ?? phase, "\(phaseName) \(eventName)")
            }
        }
    }

    @Test("looks come after 5, 10, 20 and then every 30 seconds; a failed probe does not begin anew")
    func waits() {
        var breaker = CircuitBreaker()
        breaker.apply(.outcomeUnknown(requestID: "r1", at: Self.time(0)))
        var waits: [Duration] = []
        for _ in 0..<6 {
            waits.append(breaker.lookWait)
            breaker.apply(.looked)
        }
        #expect(waits == [.seconds(5), .seconds(10), .seconds(20), .seconds(30), .seconds(30), .seconds(30)])
        breaker.apply(.envelopeSettled)
        breaker.apply(.outcomeUnknown(requestID: "r2", at: Self.time(200)))
        #expect(breaker.lookWait == .seconds(30) && breaker.since == Self.time(0))
        breaker.apply(.found)
        #expect(breaker.lookWait == .seconds(5), "QuickBooks carries out what it gives no answer to")
        #expect(breaker.since == Self.time(0))
        breaker.apply(.envelopeSettled)
        breaker.apply(.answered)
        #expect(breaker == CircuitBreaker())
    }

    @Test(
        "people are told of posting without a certain answer after five minutes, not of a single lost answer",
        arguments: [(10.0, false), (299, false), (300, true), (90_000, true)])
    func told(after seconds: Double, isTold: Bool) {
        var breaker = CircuitBreaker()
        #expect(UnansweredPosting(breaker, at: Self.time(seconds)) == nil)
        breaker.apply(.outcomeUnknown(requestID: "r1", at: Self.time(0)))
        #expect(UnansweredPosting(breaker, at: Self.time(seconds))?.since == (isTold ? Self.time(0) : nil))
        breaker.apply(.envelopeSettled)
        #expect((UnansweredPosting(breaker, at: Self.time(seconds)) != nil) == isTold, "until one is answered")
    }

    @Test("a 413 halves what the next envelope holds, down to one; each envelope that fills it doubles it")
    func envelopeLimit() {
        var sending = SendingState()
        var limits: [Int?] = []
        var documents = 30
        for _ in 0..<6 {
            sending.noteTooLarge(at: Self.time(8), documents: documents)
            documents = sending.envelopeLimit ?? 30
            limits.append(sending.envelopeLimit)
        }
        #expect(limits == [15, 7, 3, 1, 1, 1])
        limits = []
        for _ in 0..<6 {
            sending.wasAnswered(at: Self.time(9), documents: sending.envelopeLimit ?? 30, capacity: 30)
            limits.append(sending.envelopeLimit)
        }
        #expect(limits == [2, 4, 8, 16, nil, nil])
        sending.noteTooLarge(at: Self.time(9), documents: 30)
        sending.wasAnswered(at: Self.time(10), documents: 3, capacity: 30)
        #expect(sending.envelopeLimit == 15 && sending.answeredAt == Self.time(10))
    }

    @Test("one document that is refused alone says nothing of how many fit into an envelope")
    func loneRefusal() {
        var sending = SendingState()
        sending.noteTooLarge(at: Self.time(9), documents: 1)
        #expect(sending.envelopeLimit == nil && sending.tooLargeAt == Self.time(9))
        sending.noteTooLarge(at: Self.time(10), documents: 30)
        sending.noteTooLarge(at: Self.time(11), documents: 1)
        #expect(sending.envelopeLimit == 15 && sending.tooLargeAt == Self.time(11))
    }
}
