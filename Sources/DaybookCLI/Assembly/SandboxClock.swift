// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import HTTPTypes
import ServiceLifecycle
import Synchronization

/// The sandbox's wall time, so that Daybook's clock turns with the sandbox's.
///
/// It is read every quarter of a second; in between, this machine's monotonic clock carries it on.
final class SandboxClock: WallClock, Service {
    private struct Reading {
        let told: Date
        let at: ContinuousClock.Instant
    }

    private let url: URL
    private let transport: any HTTPTransport
    private let reading: Mutex<Reading>

    /// - Throws: ``CommandFailure`` when the sandbox does not tell its time.
    init(url: URL, transport: any HTTPTransport) async throws {
        self.url = url
        self.transport = transport
        reading = Mutex(try await Self.read(url, transport))
    }

    var now: Date {
        let last = reading.withLock { $0 }
        let passed = ContinuousClock.now - last.at
        return last.told.addingTimeInterval(passed.seconds)
    }

    /// Follows the sandbox's clock too, so that leases run out when it is turned.
    var elapsed: Duration { .seconds(now.timeIntervalSinceReferenceDate) }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // A sleep fails only when the task is cancelled; then the loop ends.
            while !Task.isCancelled, (try? await Task.sleep(for: .milliseconds(250))) != nil {
                // While the sandbox does not answer, the time goes on by the monotonic clock.
                guard let read = try? await Self.read(self.url, self.transport) else { continue }
                self.reading.withLock { $0 = read }
            }
        }
    }

    struct Silent: Error, CustomStringConvertible {
        let url: URL

        var description: String {
            """
            The sandbox at \(url.absoluteString) does not tell its time (DAYBOOK_CLOCK_URL). Start it with \
            `intuit-sandbox serve`, or leave the setting out.
            """
        }
    }

    private struct Told: Decodable {
        let epochMilliseconds: Int64
    }

    private static func read(_ url: URL, _ transport: any HTTPTransport) async throws -> Reading {
        guard let address = URL(string: "/_sandbox/clock", relativeTo: url) else { throw Silent(url: url) }
        let request = TransportRequest(head: HTTPRequest(method: .get, url: address.absoluteURL))
        do {
            let answer = try await transport.send(request, deadline: .seconds(20))
            let told = try JSONDecoder().decode(Told.self, from: Data(answer.body))
            let date = Date(timeIntervalSince1970: TimeInterval(told.epochMilliseconds) / 1000)
            return Reading(told: date, at: .now)
        } catch {
            throw Silent(url: url)
        }
    }
}
