// SPDX-License-Identifier: Apache-2.0
@testable import DaybookCLI
import Foundation
import HTTPTransport
import HTTPTypes

extension ProgramsFixture {
    /// A Daybook whose every call, those for the time too, comes by `between`.
    func startDaybook(by between: InBetween, backups: URL? = nil) async throws -> RunningProgram {
        let road = [
            "DAYBOOK_INTUIT_DISCOVERY_URL": "\(between.address)/.well-known/openid_sandbox_configuration",
            "DAYBOOK_QUICKBOOKS_URL": between.address, "DAYBOOK_CLOCK_URL": between.address,
        ]
        let arguments = backups.map { ["--backup-dir", $0.path] } ?? []
        return try await RunningProgram.start(
            "daybook", ["serve"] + arguments, environment.merging(road) { $1 },
            errors: folder.appending(path: "daybook.err"))
    }

    /// Something for the exporter to send.
    func record(_ id: String) async throws {
        let text = Fixtures.json.replacing("PAY-9", with: id)
        let answer = try await server.call(
            .post, "/api/v1/transactions", body: Array(text.utf8), contentType: "application/json")
        guard (200...201).contains(answer.statusCode) else {
            throw CommandFailure("Daybook took no transaction: \(String(decoding: answer.body, as: UTF8.self))")
        }
    }

    /// Returns once Daybook takes no more calls: its keeper, which is told of a stop before the server is, knows then.
    func untilTold() async {
        while await server.isUp() {}
    }

    /// Returns once Daybook has read the clock so often, four times a second, that all its loops, which sleep a second
    /// at most, have seen it turned.
    func untilLoopsHaveLooked(by between: InBetween) async throws {
        let before = between.clockReadings
        while between.clockReadings < before + 12 { _ = try await counters() }
    }
}

extension InBetween {
    fileprivate var clockReadings: Int { passed.count { $0.request.head.path?.hasSuffix("/_sandbox/clock") == true } }
}
