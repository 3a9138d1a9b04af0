// SPDX-License-Identifier: Apache-2.0
import Daybook
import ServiceLifecycle

/// Tells the token keeper of a shutdown at once: a token call that is begun now might be answered too late.
struct KeeperShutdown: Service {
    let keeper: TokenKeeper

    func run() async throws {
        try await gracefulShutdown()
        keeper.beginShutdown()
    }
}
