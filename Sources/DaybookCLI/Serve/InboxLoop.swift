// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Logging
import ServiceLifecycle
import Synchronization

/// Watches the inbox folder while the server runs.
final class InboxLoop: Service {
    private let assembly: Assembly
    /// Trouble is logged once, when it begins.
    private let told = Mutex<[InboxTrouble]>([])

    init(_ assembly: Assembly) { self.assembly = assembly }

    func run() async throws {
        guard let inbox = assembly.desk.inbox else {
            try? await gracefulShutdown()  // It throws when the task is cancelled, which is an end as well.
            return
        }
        var loop = StepLoop(
            name: "inbox", clock: assembly.clock, nudge: Nudge(), logger: assembly.logger,
            logEvents: assembly.logEvents, condition: assembly.folder.condition, step: { try await self.step(inbox) })
        // A clock that stands still or is turned must not stop it.
        loop.longestSleep = .seconds(Inbox.pause)
        try await loop.run()
    }

    private func step(_ inbox: Inbox) async throws -> Wake {
        let look = try await inbox.look()
        for moved in look.moved {
            assembly.logger.info(
                "file of the inbox", metadata: ["file": "\(moved.file.value)", "end": "\(moved.end.rawValue)"])
        }
        let new = told.withLock { told in
            defer { told = look.troubles }
            return look.troubles.filter { !told.contains($0) }
        }
        for trouble in new { assembly.logger.error("inbox", metadata: ["reason": "\(trouble.loggable)"]) }
        return .idle
    }
}
