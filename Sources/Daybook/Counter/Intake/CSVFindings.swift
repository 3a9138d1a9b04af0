// SPDX-License-Identifier: Apache-2.0

/// What a first pass through a CSV file found out about transactions that it had given already.
///
/// A file is read again from its beginning with what was found, because a transaction is taken whole or not at all.
struct CSVFindings: Sendable {
    /// Where the rows of one transaction stand when others stand between them.
    struct Split: Sendable {
        let firstLine: Int
        let nextLine: Int

        var problem: IntakeProblem {
            IntakeProblem(
                line: firstLine, field: "id", value: "at lines \(firstLine) and \(nextLine)",
                remedy: """
                    this transaction is there twice, with other rows, and others stand between them; put its rows \
                    together, or remove one of the two
                    """)
        }
    }

    /// Mistakes of rows that belong to a transaction and stand behind it.
    var spoiled: [CSVKey: [IntakeProblem]] = [:]
    var splits: [CSVKey: Split] = [:]

    mutating func merge(_ other: CSVFindings) {
        spoiled.merge(other.spoiled) { one, _ in one }
        splits.merge(other.splits) { one, _ in one }
    }
}
