// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// A text that is read piece by piece, again from the beginning when a pass finds that it has to be.
package final class IntakeStream: IntakeSource {
    /// Gives the text's pieces, one after the other, from the beginning; nil at the end.
    package typealias Pieces = @Sendable () throws -> () throws -> [UInt8]?

    /// What an earlier pass found.
    private enum Finding {
        case aboutTransactions(CSVFindings)
        case unreadable(IntakeFile.Row)
    }

    private let name: String?
    private let format: IntakeFile.Format
    private let profile: IntakeProfile?
    private let pieces: Pieces
    private let finding = Mutex<Finding?>(nil)

    /// - Parameters:
    ///   - name: The file's name, reported with each mistake; nil when there is only one file.
    ///   - profile: How a file is read that is not in Daybook's own formats; the format is the profile's then.
    package init(
        named name: String? = nil, format: IntakeFile.Format, profile: IntakeProfile? = nil, pieces: @escaping Pieces
    ) {
        self.name = name
        self.format = format
        self.profile = profile
        self.pieces = pieces
    }

    /// A text that is in memory already; its transactions are made one piece at a time.
    package convenience init(_ bytes: [UInt8], format: IntakeFile.Format, profile: IntakeProfile? = nil) {
        self.init(format: format, profile: profile) {
            var start = 0
            return {
                guard start < bytes.count else { return nil }
                let end = min(bytes.count, start + Self.pieceSize)
                defer { start = end }
                return Array(bytes[start..<end])
            }
        }
    }

    /// The bytes of a piece, which hold a few hundred transactions.
    package static let pieceSize = 256 << 10

    package func start() throws -> any IntakeRows {
        switch finding.withLock({ $0 }) {
        case nil: try rows(CSVFindings())
        case .aboutTransactions(let findings): try rows(findings)
        case .unreadable(let row): Rows(stream: self, left: [row])
        }
    }

    private func rows(_ findings: CSVFindings) throws -> Rows {
        try Rows(
            stream: self, reading: IntakeReading(format: format, profile: profile, findings: findings), piece: pieces())
    }

    private func found(_ stop: IntakeStop) {
        finding.withLock { finding in
            finding =
                switch stop {
                case .needsSecondPass(let findings): .aboutTransactions(findings)
                case .unreadable: .unreadable(stop.row)
                }
        }
    }

    private struct Rows: IntakeRows {
        let stream: IntakeStream
        var reading: IntakeReading?
        var piece: (() throws -> [UInt8]?)?
        var left: [IntakeFile.Row] = []

        mutating func next() throws -> [IntakeFile.Row]? {
            var rows = left
            left = []
            do {
                while rows.isEmpty, let piece {
                    if let bytes = try piece() {
                        try reading?.read(bytes[...], into: &rows)
                    } else {
                        self.piece = nil
                        try reading?.finish(into: &rows)
                    }
                }
            } catch let stop as IntakeStop {
                stream.found(stop)
                throw IntakeBeginsAgain()
            }
            return rows.isEmpty ? nil : named(rows)
        }

        private func named(_ rows: [IntakeFile.Row]) -> [IntakeFile.Row] {
            let isBeside = stream.profile?.isBeside ?? false
            let isLedger = stream.profile.map { $0.shape != .transactions } ?? false
            guard stream.name != nil || isBeside || isLedger else { return rows }
            return rows.map { row in
                var row = row
                row.file = stream.name
                (row.isBeside, row.isLedger) = (isBeside, isLedger)
                return row
            }
        }
    }
}
