// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPServing
import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

/// Keeps the server's certificate as its files are: looks at them once a minute, and at SIGHUP.
///
/// While the files can't be used, the certificate that was read before goes on. Two weeks before it expires the log
/// says so once a day.
final class CertificateWatch: Service {
    /// How long before its end the log begins to tell.
    static let warningSpan = Duration.seconds(14 * 86_400)

    private struct State {
        var content: CertificateFiles.Content
        var notAfter: Date
        /// What kept the files from being used when they were last looked at.
        var failure: String?
        var warnedAt: Date?
    }

    let tls: ServerTLS
    private let files: CertificateFiles
    private let clock: any WallClock
    private let logger: Logger
    private let interval: Duration
    private let state: Mutex<State>

    /// - Throws: ``CommandFailure`` when the files can't be used.
    init(
        _ files: CertificateFiles, clock: any WallClock, logger: Logger, interval: Duration = .seconds(60)
    ) throws {
        self.files = files
        self.clock = clock
        self.logger = logger
        self.interval = interval
        let content = try files.read()
        let certificate = try files.usable(content, at: clock.now)
        do throws(UnusableCertificate) {
            tls = try ServerTLS(certificate)
        } catch {
            throw CommandFailure(files.words(error))
        }
        state = Mutex(State(content: content, notAfter: certificate.notAfter))
    }

    /// Seconds until the certificate in use expires; negative afterwards.
    var secondsLeft: TimeInterval { state.withLock(\.notAfter).timeIntervalSince(clock.now) }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await _ in await UnixSignalsSequence(trapping: .sighup) { self.look(isAsked: true) }
                }
                group.addTask {
                    repeat {
                        self.look()
                        // It throws when it is cancelled at the end; then the loop ends.
                    } while (try? await Task.sleep(for: self.interval)) != nil
                }
                await group.waitForAll()
            }
        }
    }

    /// - Parameter isAsked: Whether a person wants to know also that nothing has changed.
    func look(isAsked: Bool = false) {
        state.withLock { state in
            do {
                let content = try files.read()
                if content != state.content {
                    try replace(&state, by: content)
                } else if isAsked {
                    logger.notice("certificate is the same", metadata: ["until": "\(state.notAfter.ISO8601Format())"])
                }
                state.failure = nil
            } catch {
                // A failure that lasts is said once.
                if isAsked || state.failure != "\(error)" {
                    logger.error(
                        "certificate not replaced, the one before goes on", metadata: ["reason": "\(error)"])
                }
                state.failure = "\(error)"
            }
            warn(&state)
        }
    }

    private func replace(_ state: inout State, by content: CertificateFiles.Content) throws {
        let certificate = try files.usable(content, at: clock.now)
        do throws(UnusableCertificate) {
            try tls.use(certificate)
        } catch {
            throw CommandFailure(files.words(error))
        }
        (state.content, state.notAfter, state.warnedAt) = (content, certificate.notAfter, nil)
        logger.notice("certificate replaced", metadata: ["until": "\(certificate.notAfter.ISO8601Format())"])
    }

    private func warn(_ state: inout State) {
        let now = clock.now
        let left = state.notAfter.timeIntervalSince(now)
        guard left < Self.warningSpan.seconds else { return }
        if let warnedAt = state.warnedAt, now.timeIntervalSince(warnedAt) < 86_400 { return }
        state.warnedAt = now
        let metadata: Logger.Metadata = [
            "until": "\(state.notAfter.ISO8601Format())", "days": "\(Int((left / 86_400).rounded(.down)))",
        ]
        if left > 0 {
            logger.warning("certificate expires soon", metadata: metadata)
        } else {
            logger.error("certificate has expired", metadata: metadata)
        }
    }
}
