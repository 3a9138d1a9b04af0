// SPDX-License-Identifier: Apache-2.0
import Daybook
import DaybookStorage
import Foundation
import Logging
import ServiceLifecycle

/// Calls a step again and again, and sleeps for as long as the step asks.
///
/// The core's steps have no other timer.
struct StepLoop: Service {
    let name: String
    let clock: any WallClock
    let nudge: Nudge
    let logger: Logger
    let logEvents: any LogEventSink
    /// While the storage can't write, no step is called.
    var condition: any StorageCondition = NoTrouble()
    /// The longest sleep, so that what people do and a turned clock are noticed within it.
    var longestSleep = Duration.seconds(1)
    /// The shortest sleep: each transaction that comes in rings, and a step for each would cost more than taking it.
    var shortestRest = Duration.milliseconds(50)
    let step: @Sendable () async throws -> Wake

    func run() async throws {
        var failures = 0
        // A step that has begun is finished at a shutdown, because half a call is worse than a late stop.
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let rings = nudge.rings
            guard condition.trouble == nil else {
                await rest(.seconds(1), rings)
                continue
            }
            do {
                let wake = try await step()
                failures = 0
                await sleep(until: wake, rings)
            } catch let failure as StorageFailure where [.syncFailed, .vanished].contains(failure.cause) {
                logEvents.emitStorageTrouble(failure)
                logger.critical(
                    "the storage can't be relied on, stopping",
                    metadata: ["loop": "\(name)", "reason": "\(failure)"])
                throw failure
            } catch TokenJournalFailure.notDurable {
                logEvents.emitStorageTrouble(TokenJournalFailure.notDurable)
                logger.critical("the disk failed, stopping", metadata: ["loop": "\(name)"])
                throw TokenJournalFailure.notDurable
            } catch {
                failures += 1
                logEvents.emitStorageTrouble(error)
                // StorageWatch logs trouble with the storage once, when it begins.
                if condition.trouble == nil {
                    logger.error("step failed", metadata: ["loop": "\(name)", "reason": "\(error)"])
                }
                await rest(min(.seconds(failures), .seconds(30)), rings)
            }
        }
    }

    private func sleep(until wake: Wake, _ rings: Int) async {
        switch wake {
        case .now: return
        case .idle: await rest(longestSleep, rings)
        case .at(let date):
            let left = Duration.seconds(max(0.005, date.timeIntervalSince(clock.now)))
            await rest(min(left, longestSleep), rings)
        }
    }

    /// Sleeps until the time is over, somebody rings, or the process is asked to stop.
    ///
    /// A ring ends the sleep, but not before ``shortestRest`` is over.
    private func rest(_ time: Duration, _ rings: Int) async {
        let earliest = ContinuousClock.now + shortestRest
        await withTaskGroup(of: Void.self) { group in
            // It throws when another task was first and this one is cancelled; that is no failure.
            group.addTask { try? await Task.sleep(for: time) }
            group.addTask {
                await nudge.wait(after: rings)
                try? await Task.sleep(until: earliest, clock: .continuous)
            }
            group.addTask { try? await gracefulShutdown() }
            await group.next()
            group.cancelAll()
        }
    }
}
