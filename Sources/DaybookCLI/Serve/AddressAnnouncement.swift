// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import DaybookWeb
import Logging
import ServiceLifecycle

/// Writes the server's address into the data folder once the port is bound, and removes it at an orderly stop.
struct AddressAnnouncement: Service {
    private let assembly: Assembly
    private let scheme: String
    private let onAnnounced: @Sendable () -> Void
    private let isUp: AsyncStream<Never>
    private let up: AsyncStream<Never>.Continuation

    /// - Parameters:
    ///   - scheme: What the server speaks, http or https.
    ///   - onAnnounced: Called once the server can be reached, and found unless the disk refuses the file.
    init(assembly: Assembly, scheme: String, onAnnounced: @escaping @Sendable () -> Void) {
        self.assembly = assembly
        self.scheme = scheme
        self.onAnnounced = onAnnounced
        (isUp, up) = AsyncStream.makeStream(of: Never.self)
    }

    func serverIsUp() { up.finish() }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in isUp {}
            guard !Task.isCancelled else { return }
            await announce()
        }
        // Pages, API and queue work without the file, so the server runs on when the disk refuses it.
        do {
            try await gracefulShutdown()
        } catch is CancellationError {
            // Another service has failed and the group ends; the address is removed as at an orderly stop.
        }
        withdraw()
    }

    /// Tries again while the disk refuses the file; until then commands can't find the server.
    private func announce() async {
        let address = ServerAddress(
            url: "\(scheme)://\(assembly.configuration.listen.fromHere)", identity: assembly.identity.bytes)
        var isFirst = true
        while !Task.isCancelled {
            let outcome = Result { try assembly.folder.folder.announce(address) }
            if isFirst { onAnnounced() }
            isFirst = false
            guard case .failure(let error) = outcome else { return }
            assembly.logEvents.emitStorageTrouble(error)
            assembly.logger.error(
                "address not written; commands can't find this server", metadata: ["reason": "\(error)"])
            // It throws when it is cancelled at a shutdown; then the loop ends.
            try? await Task.sleep(for: .seconds(30))
        }
    }

    private func withdraw() {
        do {
            try assembly.folder.folder.withdrawAddress()
        } catch {
            // It does no harm: commands ignore it while nobody holds the lock, and the next start removes it.
            assembly.logger.warning("address not removed", metadata: ["reason": "\(error)"])
        }
    }
}
