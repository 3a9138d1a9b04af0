// SPDX-License-Identifier: Apache-2.0

/// How restores went, by way.
struct RestoreTable: CustomStringConvertible {
    private let results: [RestoredLife.Result]

    init(_ results: [RestoredLife.Result]) { self.results = results }

    var description: String {
        let rows = RestoreWay.allCases.compactMap { way -> [String]? in
            let all = results.filter { $0.way == way }
            guard !all.isEmpty else { return nil }
            let paths = [\RestoredLife.Result.unknown, \.looked, \.adopted, \.sent, \.doubles, \.lost, \.humanActs]
            return [way.rawValue, "\(all.count)"] + paths.map { path in "\(all.reduce(0) { $0 + $1[keyPath: path] })" }
        }
        let head = [
            "way", "restores", "behind by", "looked up", "adopted", "sent", "doubles", "lost", "human acts",
        ]
        return RunTable(head: head, rows: rows).description
    }
}
