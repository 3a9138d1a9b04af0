// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookQuickBooks
import Foundation
import QuickBooks
import Testing

@Suite("Places in a company's pace")
struct PacingTests {
    private let now = FixedClock().now

    @Test("a place is booked only when the call may start now")
    func bookedOnlyNow() throws {
        let ledger = try ledger(CannedIntuit(), limits: PacingLimits())
        #expect(ledger.reserve(.batch, for: .first, now: now) == now)
        let next = ledger.reserve(.batch, for: .first, now: now)
        #expect(next > now)
        for _ in 0..<50 { #expect(ledger.reserve(.batch, for: .first, now: now) == next) }
        #expect(ledger.reserve(.batch, for: .first, now: next) == next)
    }

    @Test("a catalog counts as four calls")
    func severalCalls() throws {
        let spacing = try wait(after: .single)
        #expect(abs(try wait(after: .catalog) - 4 * spacing) < 0.001)
    }

    private func wait(after call: LedgerCall) throws -> TimeInterval {
        let ledger = try ledger(CannedIntuit(), limits: PacingLimits())
        _ = ledger.reserve(call, for: .first, now: now)
        return ledger.reserve(.single, for: .first, now: now).timeIntervalSince(now)
    }

    @Test("the company's name, read while somebody waits, counts for what follows")
    func companyRead() async throws {
        let answer = CannedIntuit.Answer.body(200, #"{"CompanyInfo":{"Id":"1","CompanyName":"Three Rivers Rental"}}"#)
        let ledger = try ledger(CannedIntuit(answer), limits: PacingLimits())
        guard case .answer = await ledger.company(access: access) else {
            Issue.record("the company was not read")
            return
        }
        #expect(
            abs(ledger.reserve(.single, for: .first, now: now).timeIntervalSince(now) - (try wait(after: .single)))
                < 0.001)
    }

    @Test("companies don't wait for each other")
    func companies() throws {
        let ledger = try ledger(CannedIntuit(), limits: PacingLimits())
        _ = ledger.reserve(.batch, for: .first, now: now)
        #expect(ledger.reserve(.batch, for: Connection.ID(2), now: now) == now)
    }

    @Test("never more than 40 batches in any minute, recalled ones too")
    func batchesPerMinute() throws {
        let ledger = try ledger(CannedIntuit(), limits: PacingLimits())
        let before = (0..<30).map { now.addingTimeInterval(-Double($0) - 1) }
        ledger.recall(before, for: .first)
        var starts = before
        var moment = now
        while moment < now.addingTimeInterval(120) {
            let start = ledger.reserve(.batch, for: .first, now: moment)
            if start <= moment {
                starts.append(moment)
            } else {
                moment = start
            }
        }
        for start in starts {
            #expect(starts.count { $0 > start.addingTimeInterval(-60) && $0 <= start } <= 40)
        }
        #expect(starts.count > 60)
    }

    @Test("after a 429 nothing starts for a minute")
    func throttled() async throws {
        let ledger = try ledger(CannedIntuit(.body(429, "")), limits: PacingLimits())
        let envelope = try Units.envelope([Units.unit(1)], by: ledger)
        #expect(await ledger.send(envelope, access: access) == .notExecuted(.throttled))
        #expect(ledger.reserve(.single, for: .first, now: now) >= now.addingTimeInterval(60))
    }

    @Test("without limits there is no wait, except after a 429")
    func unlimited() async throws {
        let ledger = try ledger(CannedIntuit(.body(429, "")))
        for _ in 0..<1_000 { #expect(ledger.reserve(.catalog, for: .first, now: now) == now) }
        _ = await ledger.send(try Units.envelope([Units.unit(1)], by: ledger), access: access)
        #expect(ledger.reserve(.single, for: .first, now: now) >= now.addingTimeInterval(60))
    }
}
