// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Daybook
import Foundation

/// `daybook sample`: prints made-up trade for three stores.
struct SampleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample",
        abstract: "Print made-up transactions of a rental business with three stores.",
        discussion: """
            The same seed and days make the same transactions. An installed Daybook has no such command.
            Example: daybook sample --seed 7 --days 7 > week.ndjson && daybook import week.ndjson
            """)

    @Option(help: "Any whole number; another number makes other transactions.")
    var seed: UInt64 = 1

    @Option(help: "How many days of trade, 1 to 3650.")
    var days: Int = 7

    @Option(help: "The first day, YYYY-MM-DD.")
    var start: String = "2026-11-02"

    @Option(help: "ndjson or csv.")
    var format: Format = .ndjson

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case ndjson, csv
    }

    func validate() throws {
        guard (1...3650).contains(days) else { throw ValidationError("--days takes 1 to 3650, for example 7.") }
        guard CalendarDate(text: start) != nil else {
            throw ValidationError("--start “\(start)” is not a date; write it as YYYY-MM-DD, such as 2026-11-02.")
        }
    }

    func run() throws {
        guard let first = CalendarDate(text: start) else { return }
        let trade = SampleTrade(seed: seed, days: days, start: first)
        if format == .csv { try Self.write(SampleTrade.csvHeader) }
        for day in trade.days() {
            try Self.write(format == .csv ? SampleTrade.csv(of: day) : SampleTrade.ndjson(of: day))
        }
    }

    private static func write(_ text: String) throws {
        try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }
}
