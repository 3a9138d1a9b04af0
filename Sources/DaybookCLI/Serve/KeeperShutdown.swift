// SPDX-License-Identifier: Apache-2.0
import Daybook
import ServiceLifecycle

/// Tells the token keeper of a shutdown at once, so that it begins no call that might be answered too late.
struct KeeperShutdown: Service {
    let keeper: TokenKeeper

    func run() async throws {
        try await gracefulShutdown()
        keeper.beginShutdown()
    }
}
