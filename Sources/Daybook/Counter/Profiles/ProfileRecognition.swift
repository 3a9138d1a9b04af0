// SPDX-License-Identifier: Apache-2.0

/// Finds the kept profiles that a file is of, by its titles.
package enum ProfileRecognition {
    /// How many of a file's first bytes are looked at.
    package static let lookedAt = 1 << 20

    /// The profiles whose titles are exactly those of the file, in any order.
    ///
    /// A file of Daybook's own CSV needs none.
    package static func profiles(
        for start: ArraySlice<UInt8>, among profiles: [IntakeProfile]
    ) -> [IntakeProfile] {
        guard !profiles.isEmpty else { return [] }
        let sample = TableSample(start)
        return profiles.filter { $0.isOf(sample) }
    }
}

extension IntakeProfile {
    fileprivate func isOf(_ sample: TableSample) -> Bool {
        switch shape {
        case .iif: IIFSample(sample.rows).map { isHeader($0.titles) } ?? false
        case .ledger, .transactions:
            if let titles {
                SageColumns.titles(of: sample.rows) == titles && sample.separator == separator
            } else {
                sample.rows.prefix(30).contains(where: isHeader)
            }
        }
    }

    private func isHeader(_ row: [String]) -> Bool {
        !header.isEmpty && row.count == header.count && Self.plain(row) == Self.plain(header)
    }

    private static func plain(_ titles: [String]) -> [String] { titles.map(ColumnTitle.plain).sorted() }
}
