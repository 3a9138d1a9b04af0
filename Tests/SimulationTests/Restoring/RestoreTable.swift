// SPDX-License-Identifier: Apache-2.0

/// How restores went, by way.
struct RestoreTable: CustomStringConvertible {
    private let results: [RestoredLife.Result]

    init(_ results: [RestoredLife.Result]) { self.results = results }

    var description: String {
        let rows = RestoreWay.allCases.compactMap { way -> [String]? in
            let all = results.filter { $0.way == way }
            guard !all.isEmpty else { return nil }
            let sums = [\RestoredLife.Result.unknown, \.looked, \.adopted, \.sent, \.doubles, \.lost].map { path in
                "\(all.reduce(0) { $0 + $1[keyPath: path] })"
            }
            return [way.rawValue, "\(all.count)"] + sums
        }
        let head = ["way", "restores", "behind by", "looked up", "adopted", "sent", "doubles", "lost"]
        return ([head] + rows).map(Self.line).joined(separator: "\n")
    }

    private static func line(_ cells: [String]) -> String {
        cells.enumerated().map { index, cell in
            let room = String(repeating: " ", count: max(0, (index == 0 ? 22 : 10) - cell.count))
            return index == 0 ? cell + room : room + cell
        }.joined(separator: " ")
    }
}
