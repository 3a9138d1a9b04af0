// SPDX-License-Identifier: Apache-2.0

extension SampleTrade {
    /// One canonical JSON object a line, each line ended.
    package func ndjson() -> String {
        var text = ""
        for day in days() {
            for transaction in day { text += transaction.canonicalText() + "\n" }
        }
        return text
    }

    /// The same as CSV, one row for each charge, tax, payment, amount or journal line.
    package func csv() -> String {
        var text = TransactionCSV.header
        for day in days() {
            for transaction in day { text += TransactionCSV.text(of: transaction) }
        }
        return text
    }
}
