// SPDX-License-Identifier: Apache-2.0
@testable import Daybook
@testable import DaybookWeb
import Foundation
import Testing

@Suite("The two clocks on a page")
struct ClockViewTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func clocks(hard: Date?) throws -> [ClockView] {
        let grant = Grant(
            generation: 1, accessToken: Secret("a"), accessExpiresAt: Self.now, refreshToken: Secret("r"),
            refreshTokenSince: Self.now, idleExpiresAt: Self.now.addingTimeInterval(12.5 * 86_400),
            hardExpiresAt: hard, refreshedAt: Self.now)
        let shown = ShownText(timeZone: .gmt)
        return ClockView.both(ConnectionClocks(grant, at: Self.now), shown: shown)
    }

    @Test("there are always two; of a hard limit that Intuit has not named it says so")
    func untold() throws {
        let clocks = try clocks(hard: nil)
        #expect(clocks.map(\.name) == ["Idle clock", "Hard limit"])
        #expect(clocks[0].remaining == "12 days left" && clocks[0].tone == "warn")
        #expect(clocks[1].remaining == "Intuit has not said when")
        #expect(clocks[1].until == "at most five years after connecting" && clocks[1].tone == "good")
    }

    @Test("a hard limit that Intuit has named has its day")
    func told() throws {
        let hard = try clocks(hard: Self.now.addingTimeInterval(400 * 86_400))[1]
        #expect(hard.remaining == "400 days left" && hard.until == "until 2028-02-19")
    }
}
