// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Daybook

@Suite("A document that is refused as too large (413) although it is alone")
struct TooLargeAloneTests {
    private static func time(_ seconds: Double) -> Date { Date(timeIntervalSince1970: seconds) }

    private static let refusal = Refusal(code: "413", explanation: "too large", intuitTID: nil)

    /// What a document and its company live through.
    private enum Act {
        case refused
        case othersRefused
        case othersAnswered
    }

    /// Plays acts, a second apart.
    private func play(_ acts: [Act], nothingElse: Bool = false, apart: Double = 1) throws -> ExportProgress {
        var progress = ExportProgress()
        var answered: Date?
        var lastRefused: Date?
        for (index, act) in acts.enumerated() {
            let now = Self.time(Double(index + 1) * apart)
            switch act {
            case .othersAnswered: answered = now
            case .othersRefused: lastRefused = now
            case .refused:
                try progress.apply(.enveloped)
                try progress.apply(
                    .tooLargeAlone(
                        RefusedAlone(
                            Self.refusal, at: now, companyAnswered: answered, companyRefused: lastRefused,
                            nothingElseExplainsIt: nothingElse)))
                lastRefused = now
            }
        }
        return progress
    }

    @Test("is the cause after three rounds of refused, another answered, refused; a reset begins anew")
    func rounds() throws {
        let round: [Act] = [.othersAnswered, .refused]
        #expect(try play([.refused] + round + round).state == .pending)
        var progress = try play([.refused] + round + round + round)
        #expect(progress.state == .error(.refused(Self.refusal)))
        #expect(progress.attempts == ExportAttempts())
        try progress.apply(.resetRequested(now: Self.time(99)))
        #expect(progress.state == .pending)
    }

    @Test("is not the cause where others are refused after the latest answer: the gateway closed")
    func flapping() throws {
        let flap: [Act] = [.othersAnswered, .othersRefused, .refused]
        let progress = try play([.refused] + Array(repeating: flap, count: 40).flatMap(\.self))
        #expect(progress.state == .pending && progress.attempts.tooLargeRounds == 0)
    }

    @Test("is not the cause while everything is refused, however long")
    func outage() throws {
        let progress = try play(Array(repeating: .refused, count: 5_000), apart: 30)
        #expect(progress.state == .pending && progress.attempts.tooLargeRounds == 0)
    }

    @Test("is the cause when nothing else waits, it is large, and it was refused for a minute")
    func alone() throws {
        #expect(try play([.refused, .refused], nothingElse: true, apart: 59).state == .pending)
        #expect(try play([.refused, .refused], nothingElse: true, apart: 60).state == .error(.refused(Self.refusal)))
        #expect(
            try play([.refused, .othersAnswered, .refused], nothingElse: true, apart: 60).state == .pending,
            "an answer came in between: it may be posted now")
    }

    @Test("is a suspect while nobody is answered, and no more once somebody was, unless it is refused again")
    func suspicion() throws {
        let once = try play([.refused]).attempts
        #expect(once.isSuspect(companyAnswered: nil))
        #expect(once.isSuspect(companyAnswered: Self.time(0)))
        #expect(!once.isSuspect(companyAnswered: Self.time(2)))
        let again = try play([.refused, .othersAnswered, .refused]).attempts
        #expect(again.isSuspect(companyAnswered: Self.time(2)) && again.isSuspect(companyAnswered: Self.time(9)))
    }
}
