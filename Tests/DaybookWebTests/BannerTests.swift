// SPDX-License-Identifier: Apache-2.0
import Daybook
@testable import DaybookWeb
import Foundation
import Testing

@Suite("What every page says of a connection")
struct BannerTests {
    private func banners(_ cause: ConnectionTrouble.Cause, warnings: [ConnectionWarning] = []) -> [Banner] {
        let connection = Connection(
            id: .first, company: Company(realmID: "1", name: "Ridge Rentals"),
            grant: Grant(
                generation: 1, accessToken: Secret("a"), accessExpiresAt: .distantFuture, refreshToken: Secret("r"),
                refreshTokenSince: .distantPast, idleExpiresAt: .distantFuture, hardExpiresAt: nil,
                refreshedAt: .distantPast),
            trouble: ConnectionTrouble(cause: cause, since: .distantPast))
        return ConnectionStanding(
            connection: connection, hasKeys: true, isNeeded: true, warnings: warnings, waiting: 3
        ).banners(named: false)
    }

    @Test("an outage that lasts does not hide that the idle clock runs out")
    func clocksBesideOutage() {
        let shown = banners(.unreachable, warnings: [.trouble(.unreachable), .idle(days: 7)])
        #expect(shown.count == 2)
        #expect(shown[0].message.contains("can't be reached") && !shown[0].message.contains("nothing needs doing"))
        #expect(shown[1].message.contains("within 7 days") && shown[1].offersConnect)
    }

    @Test("each trouble offers what mends it", arguments: ConnectionTrouble.Cause.allCases)
    func remedy(_ cause: ConnectionTrouble.Cause) throws {
        let banner = try #require(banners(cause).first)
        #expect(banner.message.hasSuffix("."))
        #expect(banner.isUrgent == (status(of: cause) == .broken))
        if banner.message.contains("press Connect") || banner.message.contains("Press Connect") {
            #expect(banner.offersConnect)
        }
        if banner.message.contains("under Settings") || banner.message.contains("into Settings") {
            #expect(banner.offersSettings)
        }
        #expect(banner.waiting == "3 exports wait for it.")
    }

    private func status(of cause: ConnectionTrouble.Cause) -> Connection.Status {
        Connection(id: .first, trouble: ConnectionTrouble(cause: cause, since: .distantPast)).status
    }
}
