// SPDX-License-Identifier: Apache-2.0

/// The beginning of an IIF file as a table: the titles of its TRNS rows, with the cells of TRNS and SPL rows under them.
struct IIFSample {
    let titles: [String]
    /// Of TRNS rows.
    let firstLines: [[String]]
    let allLines: [[String]]

    /// Nil for what has no row of TRNS titles.
    init?(_ rows: [[String]]) {
        guard let titles = Self.titles(.trns, in: rows) else { return nil }
        let others = Self.titles(.spl, in: rows) ?? titles
        func lines(_ words: Set<String>) -> [[String]] {
            rows.compactMap { row in
                guard let word = row.first?.uppercased(), words.contains(word) else { return nil }
                let own = word == IIFWord.trns.rawValue ? titles : others
                return titles.map { title in
                    guard let place = own.firstIndex(where: { ColumnTitle.isSame($0, title) }) else { return "" }
                    return place < row.count ? row[place] : ""
                }
            }
        }
        self.titles = titles
        firstLines = lines([IIFWord.trns.rawValue])
        allLines = lines([IIFWord.trns.rawValue, IIFWord.spl.rawValue])
    }

    private static func titles(_ word: IIFWord, in rows: [[String]]) -> [String]? {
        rows.first { $0.first?.uppercased() == "!\(word.rawValue)" }
    }
}
