// SPDX-License-Identifier: Apache-2.0

extension SampleTrade {
    /// One canonical JSON object a line, each line ended.
    package static func ndjson(of day: [Transaction]) -> String { day.map { $0.canonicalText() + "\n" }.joined() }

    /// Stands once, above the rows of all days.
    package static let csvHeader = TransactionCSV.header

    /// The same as CSV, one row for each charge, tax, payment, amount or journal line.
    package static func csv(of day: [Transaction]) -> String { day.map(TransactionCSV.text).joined() }

    package func ndjson() -> String { days().map(Self.ndjson).joined() }

    package func csv() -> String { Self.csvHeader + days().map(Self.csv).joined() }
}
