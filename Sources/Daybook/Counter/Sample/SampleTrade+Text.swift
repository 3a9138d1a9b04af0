// SPDX-License-Identifier: Apache-2.0

extension SampleTrade {
    /// One canonical JSON object per line, each with a line break at its end.
    package static func ndjson(of day: [Transaction]) -> String { day.map { $0.canonicalText() + "\n" }.joined() }

    /// The header row, which goes once above the rows of all days.
    package static let csvHeader = CSVWriting.header

    /// The day as CSV, with one row for each charge, tax, payment, amount or journal line.
    package static func csv(of day: [Transaction]) -> String { day.map(CSVWriting.text).joined() }

    package func ndjson() -> String { days().map(Self.ndjson).joined() }

    package func csv() -> String { Self.csvHeader + days().map(Self.csv).joined() }
}
