// SPDX-License-Identifier: Apache-2.0

/// Where transactions come from: files of any size, an upload, rows that were read already.
package protocol IntakeSource: Sendable {
    /// Begins with the first row, each time it is called.
    func start() throws -> any IntakeRows
}

/// One pass through a source.
package protocol IntakeRows {
    /// Some more rows, a few hundred; nil when there are no more.
    ///
    /// - Throws: ``IntakeBeginsAgain`` when the rows so far don't count and the source must be started again.
    mutating func next() throws -> [IntakeFile.Row]?
}

/// The rows that a source gave so far don't count: it has to be started again, and then gives the right ones.
///
/// A mistake near the end may make a whole file unreadable, or spoil a transaction at the beginning of a CSV file.
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
