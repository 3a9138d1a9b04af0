// SPDX-License-Identifier: Apache-2.0

/// Where transactions come from: files of any size, an upload, rows that were read already.
package protocol IntakeSource: Sendable {
    /// Begins at the beginning.
    func start() throws -> any IntakeRows
}

/// One way through a source.
package protocol IntakeRows {
    /// Some more rows, about as many as one statement takes well; nil when there are no more.
    ///
    /// - Throws: ``IntakeBeginsAgain``.
    mutating func next() throws -> [IntakeFile.Row]?
}

/// The source found that the rows it gave are not what is in it: none of them counts, and it begins again with what is.
///
/// A mistake far down may make a whole file unreadable, and the rows of one transaction may stand apart in a CSV file.
package struct IntakeBeginsAgain: Error, Sendable {}

extension IntakeFile: IntakeSource {
    package func start() -> any IntakeRows { ReadRows(rows: rows[...]) }

    private struct ReadRows: IntakeRows {
        var rows: ArraySlice<Row>

        mutating func next() -> [Row]? {
            guard !rows.isEmpty else { return nil }
            defer { rows = rows.dropFirst(512) }
            return Array(rows.prefix(512))
        }
    }
}

/// Several sources, one after the other.
package struct IntakeFiles: IntakeSource {
    let files: [any IntakeSource]

    package init(_ files: [any IntakeSource]) { self.files = files }

    package func start() -> any IntakeRows { AllRows(left: files[...]) }

    private struct AllRows: IntakeRows {
        var left: ArraySlice<any IntakeSource>
        var current: (any IntakeRows)?

        mutating func next() throws -> [IntakeFile.Row]? {
            while true {
                if let rows = try current?.next() { return rows }
                guard let file = left.popFirst() else { return nil }
                current = try file.start()
            }
        }
    }
}
