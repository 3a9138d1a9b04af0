// SPDX-License-Identifier: Apache-2.0
import Daybook
import Foundation
import HTTPTransport
import HTTPTypes
import ServiceLifecycle
import Synchronization

/// Wall time as a sandbox tells it, so that two clocks turn together: read every quarter of a second,
/// carried on by this machine's monotonic clock in between.
final class SandboxClock: WallClock, Service {
    private struct Reading {
        let told: Date
        let at: ContinuousClock.Instant
    }

    private let url: URL
    private let transport: any HTTPTransport
    private let reading: Mutex<Reading>

    /// - Throws: When the sandbox does not tell its time: a Daybook that runs on the wrong clock is no demo.
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

    /// Turns with the sandbox's clock: a lease runs out there too.
    var elapsed: Duration { .seconds(now.timeIntervalSinceReferenceDate) }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // A sleep ends early only when asked to stop, which the loop sees.
            while !Task.isCancelled, (try? await Task.sleep(for: .milliseconds(250))) != nil {
                // A sandbox that is away for a moment leaves us on our own clock, which goes on.
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
            let answer = try await transport.send(request, deadline: .seconds(5))
            let told = try JSONDecoder().decode(Told.self, from: Data(answer.body))
            let date = Date(timeIntervalSince1970: TimeInterval(told.epochMilliseconds) / 1000)
            return Reading(told: date, at: .now)
        } catch {
            throw Silent(url: url)
        }
    }
}
