// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import DaybookWeb
import Logging
import ServiceLifecycle

/// Writes the server's address into the data folder once the port is bound, and takes it away at an orderly stop.
struct AddressAnnouncement: Service {
    private let assembly: Assembly
    private let onAnnounced: @Sendable () -> Void
    private let isUp: AsyncStream<Never>
    private let up: AsyncStream<Never>.Continuation

    /// - Parameter onAnnounced: Called once the server can be reached and, disk willing, found.
    init(assembly: Assembly, onAnnounced: @escaping @Sendable () -> Void) {
        self.assembly = assembly
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
        // Pages, API and queue work without it, so a disk that refuses the file ends nothing.
        do {
            try await gracefulShutdown()
        } catch is CancellationError {
            // Another part has failed, and the group ends; the address goes as at an orderly stop.
        }
        withdraw()
    }

    /// Again and again while the disk refuses the file: meanwhile commands say that the server tells no address.
    private func announce() async {
        let address = ServerAddress(
            url: "http://\(assembly.configuration.listen)", identity: assembly.identity.bytes)
        var isFirst = true
        while !Task.isCancelled {
            let outcome = Result { try assembly.folder.folder.announce(address) }
            if isFirst { onAnnounced() }
            isFirst = false
            guard case .failure(let error) = outcome else { return }
            assembly.notices.emitStorageTrouble(error)
            assembly.logger.error(
                "address not written; commands can't find this server", metadata: ["reason": "\(error)"])
            // Cancelled at a shutdown; the loop's condition says so.
            try? await Task.sleep(for: .seconds(30))
        }
    }

    private func withdraw() {
        do {
            try assembly.folder.folder.withdrawAddress()
        } catch {
            // Harmless: without the lock it counts for nothing. The next start takes it away.
            assembly.logger.warning("address not removed", metadata: ["reason": "\(error)"])
        }
    }
}
