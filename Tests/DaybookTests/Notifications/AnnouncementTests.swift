// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import Testing

@Suite("What people are told")
struct AnnouncementTests {
    private static let warnings: [ConnectionWarning] =
        [.idle(days: 30), .idle(days: 1), .hard(days: 90), .notRefreshed, .secondCopy]
        + ConnectionTrouble.Cause.allCases.map { .trouble($0) }

    private func connection(isConnected: Bool = true) -> Connection {
        let at = Date(timeIntervalSince1970: 1_800_000_000)
        let grant = Grant(
            generation: 1, accessToken: Secret("canary-access"), accessExpiresAt: at, refreshToken: Secret("canary-r"),
            refreshTokenSince: at, idleExpiresAt: at, hardExpiresAt: at, refreshedAt: at)
        return Connection(
            id: .first, company: Company(realmID: "9130", name: "Ridge Rentals"), grant: isConnected ? grant : nil)
    }

    private func announcement(_ message: ConnectionWarnings.Message, isConnected: Bool = true) -> Announcement {
        Announcement(
            message, of: connection(isConnected: isConnected), id: .init("A1"), at: Date(timeIntervalSince1970: 0))
    }

    @Test("every warning has a short title and a text that says what to do", arguments: warnings)
    func words(_ warning: ConnectionWarning) {
        let told = announcement(.warning(warning))
        #expect((10...90).contains(told.title.count))
        #expect(told.text.count > 60)
        #expect(
            !"\(told.title) \(told.text)".contains("Ridge"), "the company stands beside the words, for letters alone")
        #expect(told.subject == warning.subject && told.kind == .warning)
    }

    @Test("every all-clear says so in its title, and that nothing needs doing", arguments: warnings)
    func allClears(_ warning: ConnectionWarning) {
        let told = announcement(.allClear(warning))
        #expect(told.title.hasPrefix("All clear"))
        #expect(told.text.lowercased().contains("nothing needs doing"))
    }

    @Test("when a person has disconnected, the end of a warning is not called well")
    func disconnected() {
        let told = announcement(.allClear(.trouble(.grantRefused)), isConnected: false)
        #expect(told.text.contains("disconnected") && !told.text.contains("works"))
        #expect(!told.title.contains("works again"))
    }

    @Test("a delivery's id is the same at every attempt and another for every notifier")
    func identity() {
        #expect(Delivery.ID(.init("A1"), to: .init(3)).text == "A1-3")
    }

    @Test("tried again after 1 min, 5 min, 30 min, 2 h and 12 h, then given up")
    func schedule() {
        #expect(
            (1...7).map { DeliverySchedule.pause(after: $0)?.components.seconds } == [
                60, 300, 1_800, 7_200, 43_200, nil, nil,
            ])
    }
}
