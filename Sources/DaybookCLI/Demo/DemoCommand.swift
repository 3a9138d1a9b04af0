// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Foundation
import UnixSignals

/// `daybook demo`: the whole road on this machine, with no internet.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "A week of trade goes in at one end and stands in QuickBooks Online at the other, on this machine.",
        discussion: """
            Starts intuit-sandbox and Daybook on free ports, connects them through the consent page, imports a \
            generated week, drains the queue, compares the books, prints a table, and keeps serving until Ctrl-C.
            Example: daybook demo --once --json --mishaps
            """)

    @Flag(help: "Exit after the comparison; 0 only if all is posted exactly once, to the cent.")
    var once = false

    @Flag(help: "Print one line of JSON instead of the table.")
    var json = false

    @Flag(help: "Let everything go wrong now and then: lost, late and cut answers, 500s, 429s, 503s, latency.")
    var mishaps = false

    @Option(help: "With --mishaps: honoured, ignored or answers6000, what QuickBooks does with a repeated requestid.")
    var requestIds: RequestIDs = .ignored

    @Option(help: "Another seed makes another week, and other mishaps.")
    var seed: UInt64 = 1

    @Option(help: "How many days of trade.")
    var days: Int = 7

    @Flag(help: "Without Intuit's request limits, on both sides.")
    var noThrottles = false

    enum RequestIDs: String, ExpressibleByArgument, CaseIterable {
        case honoured, ignored, answers6000
    }

    func validate() throws {
        guard (1...366).contains(days) else { throw ValidationError("--days takes 1 to 366, for example 7.") }
    }

    func run() async throws {
        let demo = Demo(
            plan: DemoPlan(
                seed: seed, days: days, mishaps: mishaps ? requestIds.rawValue : nil, isThrottled: !noThrottles,
                isQuiet: json))
        let result: DemoResult
        do {
            result = try await plainly { try await demo.run() }
        } catch {
            try await demo.stop()
            throw error
        }
        print(json ? try result.json() : result.table)
        fflush(nil)
        if once {
            try await demo.stop()
        } else {
            if let address = await demo.address { print("\nDaybook is at \(address)   (Ctrl-C stops it)") }
            fflush(nil)
            try await Self.untilStopped()
            try await demo.stop()
        }
        if !result.isPerfect { throw ExitCode(1) }
    }

    /// Waits for Ctrl-C or a request to end.
    private static func untilStopped() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { return }
    }
}
