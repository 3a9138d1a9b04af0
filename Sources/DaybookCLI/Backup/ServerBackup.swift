// SPDX-License-Identifier: Apache-2.0
import DaybookWeb
import Foundation
import HTTPTypes

/// A backup that a running server makes when it is asked.
struct ServerBackup {
    private static let pause = Duration.milliseconds(300)

    private let server: DaybookServer

    init(_ server: DaybookServer) { self.server = server }

    /// Asks for a backup and waits until it is made, however large it is.
    ///
    /// - Returns: Its name.
    /// - Throws: ``CommandFailure`` when the server refuses, or could not make it.
    func made() async throws -> String {
        let earlier = Set(try await overview().backups.map(\.name))
        var now: BackupsResponse = try await server.send(.post, "/api/v1/backups", [String: String]())
        while now.work.state != "none" {
            try await Task.sleep(for: Self.pause)
            now = try await overview()
        }
        // A backup by schedule that was made meanwhile does not count: it may have begun before this one was asked for.
        let new = now.backups.filter { $0.origin == "request" && !earlier.contains($0.name) }
        guard let latest = new.max(by: { $0.madeAt < $1.madeAt }) else {
            let reason = now.failure.map { ": \($0.reason)" } ?? "."
            throw CommandFailure("Daybook could not make the backup\(reason)")
        }
        return latest.name
    }

    private func overview() async throws -> BackupsResponse { try await server.get("/api/v1/backups") }
}
