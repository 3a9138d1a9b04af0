// SPDX-License-Identifier: Apache-2.0
@testable import DaybookQuickBooks
import Foundation
import HTTPTransport
import IntuitOAuth
import Testing

@Suite("When discovery documents are read, and which are believed")
struct DiscoveryRulesTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    private func isDue(_ schedule: DiscoverySchedule, after seconds: TimeInterval) -> Bool {
        schedule.isDue(at: start.addingTimeInterval(seconds), hasDocument: true)
    }

    @Test("without a document at every call; with one from the disk at once, then every three minutes until it is read")
    func atStart() {
        var schedule = DiscoverySchedule()
        #expect(schedule.isDue(at: start, hasDocument: false))
        #expect(schedule.isDue(at: start, hasDocument: true))
        schedule.tried(at: start)
        #expect(schedule.isDue(at: start, hasDocument: false))
        #expect(!isDue(schedule, after: 179))
        #expect(isDue(schedule, after: 180))
    }

    @Test("once a day, and three minutes after a failed try")
    func daily() {
        var schedule = DiscoverySchedule()
        schedule.tried(at: start)
        schedule.wasRead(at: start)
        #expect(!isDue(schedule, after: 86_399))
        #expect(isDue(schedule, after: 86_400))
        schedule.tried(at: start.addingTimeInterval(86_400))
        #expect(!isDue(schedule, after: 86_500))
        #expect(isDue(schedule, after: 86_580))
    }

    @Test("when an endpoint failed as if it had moved: at once, unless it was tried within three minutes")
    func moved() {
        var schedule = DiscoverySchedule()
        schedule.tried(at: start)
        schedule.wasRead(at: start)
        schedule.endpointFailed()
        #expect(!isDue(schedule, after: 100))
        #expect(isDue(schedule, after: 200))
        schedule.tried(at: start.addingTimeInterval(200))
        schedule.wasRead(at: start.addingTimeInterval(200))
        #expect(!isDue(schedule, after: 400))
    }

    @Test("when the machine's clock was set back before the last reading")
    func setBack() {
        var schedule = DiscoverySchedule()
        schedule.tried(at: start)
        schedule.wasRead(at: start)
        #expect(isDue(schedule, after: -3_600))
    }

    @Test("statuses that a move explains", arguments: [301, 302, 307, 308, 404, 405, 410])
    func explained(status: Int) { #expect(EndpointMove.explains(status: status)) }

    @Test("statuses that a move does not explain", arguments: [200, 204, 400, 401, 403, 429, 500, 503])
    func unexplained(status: Int) { #expect(!EndpointMove.explains(status: status)) }

    @Test("failures of the connection that a move explains, and others")
    func failures() {
        #expect(EndpointMove.explains(.connectionFailed(sentBytes: false, reason: "refused")))
        #expect(EndpointMove.explains(.connectionFailed(sentBytes: true, reason: "NIOSSLExtraError")))
        #expect(!EndpointMove.explains(.connectionFailed(sentBytes: true, reason: "remoteConnectionClosed")))
        #expect(!EndpointMove.explains(.timedOut(sentBytes: true)))
    }

    static let intuit = "https://developer.api.intuit.com/.well-known/openid_configuration"

    @Test(
        "hosts of the environment are believed",
        arguments: [
            (intuit, "https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer"),
            (intuit, "https://developer.API.intuit.com/v2/oauth2/tokens/revoke"),
            ("http://localhost:8711/d", "http://127.0.0.1:9/t"), ("http://[::1]:8711/d", "http://localhost:9/t"),
            ("https://intuit.example.org/d", "https://intuit.example.org/t"),
            ("https://a.intuit.example.org/d", "https://b.intuit.example.org/t"),
        ])
    func believed(address: String, endpoint: String) throws {
        #expect(try strangers(address, endpoint) == [])
    }

    @Test(
        "others are not",
        arguments: [
            (intuit, "https://intuit.com.example.org/t"), (intuit, "https://evilintuit.com/t"),
            (intuit, "http://localhost:9/t"), ("http://localhost:8711/d", "https://oauth.platform.intuit.com/t"),
            ("https://intuit.example.org/d", "https://other.example.org/t"),
            ("https://example.org/d", "https://example.com/t"), ("https://192.0.2.1/d", "https://192.0.2.2/t"),
        ])
    func refused(address: String, endpoint: String) throws {
        #expect(try strangers(address, endpoint).count == 3)
    }

    private func strangers(_ address: String, _ endpoint: String) throws -> [String] {
        let text = """
            {"issuer":"i","authorization_endpoint":"\(endpoint)","token_endpoint":"\(endpoint)",
            "revocation_endpoint":"\(endpoint)"}
            """
        let document = try DiscoveryDocument(parsing: Array(text.utf8))
        return DiscoveryTrust.strangers(in: document, readAt: try #require(URL(string: address)))
    }
}
