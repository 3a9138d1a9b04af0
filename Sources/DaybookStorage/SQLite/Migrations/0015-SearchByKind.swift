// SPDX-License-Identifier: Apache-2.0

/// The fifteenth schema: an export is also found by the kinds of its transactions.
///
/// The index keeps no text to add a word to, so it is made anew.
enum SearchByKind {
    static let statements =
        ["DROP TABLE export_search", "DROP VIEW export_search_text"]
        + ExportSearchSchema.statements(
            of: ExportSearchSchema.view(transactionsBy: "export_transactions", withKinds: true))
}
