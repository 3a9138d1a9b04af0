// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
@testable import DaybookWeb
import Foundation
import IntuitSandbox
import Testing

@Suite("What every page says of a connection")
struct BannerTests {
    private static let app = App.Key(environment: .sandbox, clientID: "ABc")

    private func overview(
        _ cause: ConnectionTrouble.Cause?, warnings: [ConnectionWarning] = [], unanswered: UnansweredPosting? = nil
    ) -> ConnectionOverview {
        let connection = Connection(
            id: .first, company: Company(realmID: "1", name: "Ridge Rentals"),
            grant: Grant(
                generation: 1, accessToken: Secret("a"), accessExpiresAt: .distantFuture, refreshToken: Secret("r"),
                refreshTokenSince: .distantPast, idleExpiresAt: .distantFuture, hardExpiresAt: nil,
                refreshedAt: .distantPast),
            trouble: cause.map { ConnectionTrouble(cause: $0, since: .distantPast) })
        return ConnectionOverview(
            connection: connection, app: Self.app, isNeeded: true, warnings: warnings, waiting: 3,
            unansweredPosting: unanswered)
    }

    private func banners(_ cause: ConnectionTrouble.Cause, warnings: [ConnectionWarning] = []) -> [Banner] {
        overview(cause, warnings: warnings).banners(named: false)
    }

    @Test("an outage that lasts does not hide that the idle clock runs out")
    func clocksBesideOutage() {
        let shown = banners(.unreachable, warnings: [.trouble(.unreachable), .idle(days: 7)])
        #expect(shown.count == 2)
        #expect(shown[0].message.contains("can't be reached") && !shown[0].message.contains("nothing needs doing"))
        #expect(shown[1].message.contains("within 7 days") && shown[1].offersConnect)
    }

    @Test("a restored copy has a banner beside any other, with its signs, and what to do")
    func restoredCopy() throws {
        let noticed = Date(timeIntervalSince1970: 1_795_000_000)
        let copy = RestoredCopy(
            connection: nil, noticedAt: noticed, sign: .olderThanEpochFile, missingEnvelopes: 3, unknownDocuments: 41)
        let connection = Connection(id: .first, company: Company(realmID: "1", name: "Ridge Rentals"))
        let shown = ConnectionOverview(
            connection: connection, app: Self.app, isNeeded: true, waiting: 3, restoredCopy: copy
        ).banners(named: false)
        #expect(shown.count == 2)
        let banner = try #require(shown.last)
        #expect(
            banner.message == """
                This Daybook runs on a restored copy of its data: 3 requests to QuickBooks are missing in it, and \
                QuickBooks has 41 documents that it does not know as sent. It was noticed on 2026-11-18. Each document is \
                looked up in QuickBooks before it is sent, new ones until 2026-12-18; what is there is not sent again. \
                If a backup was restored, let the rental system send again what it has sent since the backup: nothing is \
                posted twice by that. If none was, look for a second Daybook on a copy of this data.
                """)
        #expect(!banner.isUrgent && banner.waiting == nil && !banner.offersConnect)
    }

    @Test("posting that gets no certain answer has a banner, which asks for nothing")
    func unanswered() throws {
        #expect(overview(nil).banners(named: false).isEmpty)
        let unanswered = UnansweredPosting(since: Date(timeIntervalSince1970: 1_795_000_000))
        let banner = try #require(overview(nil, unanswered: unanswered).banners(named: false).first)
        #expect(!banner.isUrgent && !banner.offersConnect && !banner.offersTest)
        #expect(banner.message.hasSuffix("nothing needs doing, and nothing is posted twice."))
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

    @Test("an error page has the banner too, with its buttons where they know the browser")
    func errorPage() async throws {
        try await SiteFixture.open { fixture in
            try await breakConnection(fixture)
            try await fixture.visit { visitor in
                let strange = try await visitor.open("/nowhere")
                #expect(strange.status == 404 && strange.words.contains("not used for more than 100 days"))
                #expect(strange.text.contains("href=\"/connections/1/settings\""))
                // A form's token is valid only for a browser with a cookie.
                #expect(!strange.text.contains("<form") && visitor.cookies.isEmpty)
                _ = try await visitor.open("/help")
                let known = try await visitor.open("/exports/77")
                #expect(known.status == 404 && known.words.contains("not used for more than 100 days"))
                let pressed = try await visitor.submit("/connections/1/connect", from: "/exports/77")
                #expect(pressed.status == 200 && pressed.text.contains("http-equiv=\"refresh\""))
            }
        }
    }

    @Test("an error page is shown without a banner where the storage can't be asked")
    func withoutStorage() async throws {
        try await SiteFixture.open { fixture in
            _ = try await fixture.storage.write { try $0.run("ALTER TABLE connections RENAME TO elsewhere", []) }
            try await fixture.visit { visitor in
                let failed = try await visitor.open("/connections")
                #expect(failed.status == 500 && failed.words.contains("Something went wrong here"))
                let nowhere = try await visitor.open("/nowhere")
                #expect(nowhere.status == 404 && nowhere.words.contains("There is nothing at this address"))
                #expect(!nowhere.text.contains("class=\"banner"))
            }
        }
    }

    @Test("at a name that is not Daybook's own an error page says nothing of a connection")
    func otherName() async throws {
        try await SiteFixture.open(publicURL: "http://localhost:1") { fixture in
            try await breakConnection(fixture)
            try await fixture.visit { visitor in
                let refused = try await visitor.post("/exports/reset", [])
                #expect(refused.status == 421 && refused.words.contains("This address is not Daybook's"))
                #expect(!refused.text.contains("class=\"banner") && !refused.words.contains("Connection broken"))
            }
        }
    }

    /// Connected, and then not used for too long.
    private func breakConnection(_ fixture: SiteFixture) async throws {
        try await fixture.connect()
        let grant = try present(try await fixture.desk.connections.connection(.first)?.grant)
        try await fixture.storage.setTrouble(
            ConnectionTrouble(cause: .idleExpired, since: fixture.sandbox.now), on: .first,
            generation: grant.generation,
            note: nil)
    }

    private func status(of cause: ConnectionTrouble.Cause) -> Connection.Status {
        Connection(id: .first, trouble: ConnectionTrouble(cause: cause, since: .distantPast)).status
    }
}
